import type { Finding, Step } from '../../finding/finding.ts';
import { LAYERS, type Layer } from '../../finding/severity.ts';
import { mermaidText } from '../escape.ts';
import { componentOf } from './chain.ts';
import { cut, withSteps } from './labels.ts';
import { COLORS, type Group, PATH } from './palette.ts';

/** More than this nobody takes in at a glance; the middle of a longer path is drawn as one. */
const MOST = 12;

interface Stop {
  readonly id: string;
  readonly label: string;
  readonly group: Group;
  readonly numbers: number[];
  readonly isClosing: boolean;
}

/**
 * One attack path as a small flowchart for Mermaid: the components it goes through in groups by layer, its open steps
 * numbered and in red, and the component that the fix is for.
 */
export function pathPicture({ steps = [], fix }: Finding): string {
  const stops = shorter(stopsOf(steps, fix.path.at(-1)));
  const groups = grouped(stops);
  const pairs = stops.slice(1).map((stop, i) => [stops[i]!, stop] as const);
  const lines = [
    'flowchart LR',
    ...groups.flatMap(([group, members], i) => [
      `  subgraph g${i + 1}["${mermaidText(titleOf(group))}"]`,
      ...members.map(({ id, label }) => `    ${id}("${label}")`),
      '  end',
    ]),
    ...pairs.map(([from, to]) => `  ${from.id} ==>|"${withSteps(to.numbers.slice(0, 1), '')}"| ${to.id}`),
    ...(pairs.length > 0
      ? [`  linkStyle ${pairs.map((_, i) => i).join(',')} stroke:${PATH},stroke-width:3px`]
      : []),
    ...groups.flatMap(([group, members], i) => look(group, members, `g${i + 1}`)),
    ...closing(stops),
  ];
  return `${lines.join('\n')}\n`;
}

function stopsOf(steps: readonly Step[], closingId: string | undefined): Stop[] {
  const stops = new Map<string, Stop>();
  steps.forEach(({ node, layer }, i) => {
    const there = stops.get(node);
    if (there) there.numbers.push(i + 1);
    else
      stops.set(node, {
        id: `n${i + 1}`,
        label: node,
        group: layer === undefined || layer === null ? 'actors' : groupOfLayer(layer),
        numbers: [i + 1],
        isClosing: closingId !== undefined && componentOf(node) === closingId,
      });
  });
  return [...stops.values()].map(labelled);
}

const groupOfLayer = (layer: Layer): Group => (layer === 'cross-layer' ? 'actors' : layer);

function labelled(stop: Stop): Stop {
  const name = `<b>${mermaidText(withSteps(stop.numbers.slice(0, 3), cut(stop.label)))}</b>`;
  return { ...stop, label: stop.isClosing ? `${name}<br/><small>fix here</small>` : name };
}

function shorter(stops: readonly Stop[]): Stop[] {
  if (stops.length <= MOST) return [...stops];
  const half = Math.floor((MOST - 1) / 2);
  const left = stops.length - 2 * half;
  const middle = stops[half]!;
  const between = { ...middle, label: mermaidText(`… ${left} more`), numbers: [], isClosing: false };
  return [...stops.slice(0, half), between, ...stops.slice(-half)];
}

/** Groups in the order of the layers; what stands outside of them first. */
function grouped(stops: readonly Stop[]): [Group, Stop[]][] {
  const order: readonly Group[] = ['actors', ...LAYERS.filter((layer) => layer !== 'cross-layer')];
  return order.flatMap((group): [Group, Stop[]][] => {
    const members = stops.filter((stop) => stop.group === group);
    return members.length > 0 ? [[group, members]] : [];
  });
}

/** `agent-frameworks` as `Agent frameworks`. */
const titleOf = (group: Group): string =>
  group === 'actors' ? 'Outside' : `${group.charAt(0).toUpperCase()}${group.slice(1).replaceAll('-', ' ')}`;

function look(group: Group, members: readonly Stop[], frame: string): string[] {
  const { fill, line, ink } = COLORS[group];
  return [
    `  classDef c${frame} fill:${fill},stroke:${line},color:${ink}`,
    `  class ${members.map(({ id }) => id).join(',')} c${frame}`,
    `  style ${frame} fill:none,stroke:${line}`,
  ];
}

function closing(stops: readonly Stop[]): string[] {
  const ids = stops.filter(({ isClosing }) => isClosing).map(({ id }) => id);
  return ids.length > 0
    ? ['  classDef closing stroke-width:4px,stroke-dasharray:6 3', `  class ${ids.join(',')} closing`]
    : [];
}
