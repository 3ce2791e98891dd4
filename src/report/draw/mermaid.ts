import { SEVERITIES } from '../../finding/severity.ts';
import type { Kind } from '../../model/language.ts';
import { mermaidText } from '../escape.ts';
import type { Drawing, Edge, Node, Zone } from './drawing.ts';
import { cut, edgeLines, groupTitle, type Line, nodeLines, pathLines, zoneText } from './labels.ts';
import { ALARMS, COLORS, GROUPS, groupOf, kindsOf, PATH, UNTRUSTED } from './palette.ts';

/** Brackets around a label: what gives a kind of component its shape. */
const SHAPES: Readonly<Record<Exclude<Kind, 'boundary'>, readonly [string, string]>> = {
  actor: ['([', '])'],
  model: ['[[', ']]'],
  store: ['[(', ')]'],
  agent: ['(', ')'],
  tool: ['[', ']'],
  host: ['[/', '\\]'],
  monitor: ['>', ']'],
  service: ['[\\', '/]'],
  peer: ['[/', '/]'],
};

/** A flowchart for Mermaid 11 and later. Names of the description stand in quoted labels only. */
export function mermaid(drawing: Drawing): string {
  const { nodes, edges } = drawing;
  const ids = new Map(nodes.map(({ id }, i) => [id, `n${i + 1}`]));
  const lines = [
    'flowchart TB',
    '%% Drawn by `maestro graph`. An arrow points where content goes; a dotted line is support, not data.',
    ...grouped(drawing, ids),
    ...edges.map((edge) => `  ${edgeText(edge, ids)}`),
    ...edges.flatMap(({ steps }, i) =>
      steps.length > 0 ? [`  linkStyle ${i} stroke:${PATH},stroke-width:4px`] : [],
    ),
    ...legend(drawing),
    ...styles(drawing, ids),
  ];
  return `${lines.join('\n')}\n`;
}

/** Every zone with what is in it, then what is in none. */
function grouped({ zones, nodes }: Drawing, ids: ReadonlyMap<string, string>): string[] {
  const inside = (zone: string | null, indent: string): string[] => [
    ...nodes.filter((node) => node.zone === zone).map((node) => indent + nodeText(node, ids.get(node.id)!)),
    ...zones
      .filter(({ within }) => within === zone)
      .flatMap((each) => [
        `${indent}subgraph ${zoneId(zones, each)}["${mermaidText(zoneText(each))}"]`,
        ...inside(each.id, `${indent}  `),
        `${indent}end`,
      ]),
  ];
  return inside(null, '  ');
}

const zoneId = (zones: readonly Zone[], zone: Zone): string => `z${zones.indexOf(zone) + 1}`;

function nodeText(node: Node, id: string): string {
  const [open, close] = SHAPES[node.kind as Exclude<Kind, 'boundary'>];
  return `${id}${open}"${label(nodeLines(node))}"${close}`;
}

/** Bold and small are all that Mermaid's strictest level lets through; where labels are no HTML, lines stay lines. */
const TAGS = { strong: ['<b>', '</b>'], small: ['<small>', '</small>'], alarm: ['<i>', '</i>'] } as const;

const label = (lines: readonly Line[]): string =>
  lines.map(({ text, look }) => TAGS[look][0] + mermaidText(text) + TAGS[look][1]).join('<br/>');

function edgeText(edge: Edge, ids: ReadonlyMap<string, string>): string {
  const line = edge.isFlow
    ? { none: '---', to: '-->', both: '<-->' }[edge.heads]
    : { none: '-.-', to: '-.->', both: '<-.->' }[edge.heads];
  const text = label(edgeLines(edge));
  return `${ids.get(edge.from)} ${line}${text === '' ? '' : `|"${text}"|`} ${ids.get(edge.to)}`;
}

/** How many entries of the legend stand side by side. */
const ROW = 4;

/** Which colour and shape is which layer, of those that are drawn, with what the picture cannot show in its place. */
function legend(drawing: Drawing): string[] {
  const drawn = GROUPS.filter((group) => drawing.nodes.some(({ kind }) => groupOf(kind) === group));
  const entries = drawn.map((group, i) => {
    const [open, close] = SHAPES[kindsOf(group)[0] as Exclude<Kind, 'boundary'>];
    return `l${i + 1}${open}"${mermaidText(groupTitle(drawing, group))}"${close}:::${group}`;
  });
  const texts = captions(drawing);
  if (entries.length + texts.length === 0) return [];
  // Invisible links keep entries in rows, and in their order.
  const links = drawn.flatMap((_, i) => (i % ROW === 0 ? [] : [`l${i} ~~~ l${i + 1}`]));
  return [
    '  subgraph legend["Legend"]',
    '    direction LR',
    ...[...entries, ...links, ...texts].map((line) => `    ${line}`),
    '  end',
    ...(texts.length > 0 ? ['  classDef caption fill:none,stroke:none,text-align:left'] : []),
  ];
}

/** The attack path in words, and notes. */
function captions({ path, notes }: Drawing): string[] {
  const texts = [
    ...(path ? [label(pathLines(path))] : []),
    ...(notes.length > 0 ? [notes.map((note) => mermaidText(cut(note, 100))).join('<br/>')] : []),
  ];
  return texts.map((text, i) => `c${i + 1}["${text}"]:::caption`);
}

/** Colours of what is drawn: by layer, by the worst finding, and for what is open to the public. */
function styles({ nodes, zones }: Drawing, ids: ReadonlyMap<string, string>): string[] {
  const look = (name: string, style: string, fits: (node: Node) => boolean): string[] => {
    const members = nodes.filter(fits).map(({ id }) => ids.get(id)!);
    return members.length > 0 ? [`  classDef ${name} ${style}`, `  class ${members.join(',')} ${name}`] : [];
  };
  return [
    ...GROUPS.flatMap((group) => {
      const { fill, line, ink } = COLORS[group];
      return look(group, `fill:${fill},stroke:${line},color:${ink}`, ({ kind }) => groupOf(kind) === group);
    }),
    ...look('public', 'stroke-dasharray:2 3', ({ isPublic }) => isPublic),
    ...SEVERITIES.flatMap((severity) => {
      const { line, width } = ALARMS[severity];
      const style = `stroke:${line},stroke-width:${width}px`;
      return look(severity, style, ({ marks }) => marks[0]?.severity === severity);
    }),
    ...zones.map(
      (zone) => `  style ${zoneId(zones, zone)} ${zone.trust === 'untrusted' ? UNTRUSTED_ZONE : ZONE}`,
    ),
    ...(nodes.length > 0 ? [`  style legend ${ZONE},stroke-dasharray:2 2`] : []),
  ];
}

const ZONE = 'fill:none,stroke:#768390,stroke-width:1px';
const UNTRUSTED_ZONE = `fill:${UNTRUSTED}14,stroke:${UNTRUSTED},stroke-width:2px,stroke-dasharray:8 4`;
