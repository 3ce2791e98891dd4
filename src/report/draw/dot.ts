import type { Kind } from '../../model/language.ts';
import { graphvizText } from '../escape.ts';
import type { Drawing, Edge, Node, Zone } from './drawing.ts';
import { cut, edgeLines, groupTitle, type Line, nodeLines, pathLines, zoneText } from './labels.ts';
import { ALARMS, COLORS, GROUPS, groupOf, LINE, PATH, UNTRUSTED } from './palette.ts';

const SHAPES: Readonly<Record<Exclude<Kind, 'boundary'>, string>> = {
  actor: 'oval',
  model: 'component',
  store: 'cylinder',
  agent: 'box',
  tool: 'box',
  host: 'box3d',
  monitor: 'note',
  service: 'octagon',
  peer: 'tab',
};

/** A graph for Graphviz. Names of the description stand in HTML-like labels only, escaped. */
export function dot(drawing: Drawing): string {
  const { title, nodes, edges } = drawing;
  const ids = new Map(nodes.map(({ id }, i) => [id, `n${i + 1}`]));
  const lines = [
    '// Drawn by `maestro graph`. An arrow points where content goes; a dotted line is support, not data.',
    'digraph maestro {',
    `  graph [label=<<B>${graphvizText(cut(title, 80))}</B>>, labelloc=t, ${FONT}, nodesep=0.5, ranksep=0.7]`,
    `  node [${FONT}, fontsize=12, style=filled, penwidth=1.2]`,
    `  edge [${FONT}, fontsize=10, color="${LINE}", arrowsize=0.7]`,
    ...grouped(drawing, ids),
    ...edges.map((edge) => `  ${edgeText(edge, ids)}`),
    ...captions(drawing),
    ...legend(drawing),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

const FONT = 'fontname="Helvetica,Arial,sans-serif"';

function grouped({ zones, nodes }: Drawing, ids: ReadonlyMap<string, string>): string[] {
  const inside = (zone: string | null, indent: string): string[] => [
    ...nodes.filter((node) => node.zone === zone).map((node) => indent + nodeText(node, ids.get(node.id)!)),
    ...zones.flatMap((each, i) =>
      each.within === zone
        ? [
            `${indent}subgraph cluster_${i + 1} {`,
            `${indent}  ${zoneLook(each)}`,
            ...inside(each.id, `${indent}  `),
            `${indent}}`,
          ]
        : [],
    ),
  ];
  return inside(null, '  ');
}

function zoneLook(zone: Zone): string {
  const look =
    zone.trust === 'untrusted'
      ? `style="dashed,filled", color="${UNTRUSTED}", fillcolor="#fdf0f0", penwidth=2`
      : `style=solid, color="${LINE}"`;
  return `graph [label=<${graphvizText(zoneText(zone))}>, labelloc=t, ${look}]`;
}

function nodeText(node: Node, id: string): string {
  const { fill, line, ink } = COLORS[groupOf(node.kind)];
  const worst = node.marks[0] && ALARMS[node.marks[0].severity];
  const style = [
    'filled',
    ...(node.kind === 'agent' ? ['rounded'] : []),
    ...(node.isPublic ? ['dashed'] : []),
  ];
  const attributes = [
    `shape=${SHAPES[node.kind as Exclude<Kind, 'boundary'>]}`,
    ...(style.length > 1 ? [`style="${style.join(',')}"`] : []),
    `fillcolor="${fill}"`,
    `color="${worst?.line ?? line}"`,
    ...(worst ? [`penwidth=${worst.width}`] : []),
    `fontcolor="${ink}"`,
    `label=<${label(nodeLines(node))}>`,
  ];
  return `${id} [${attributes.join(', ')}]`;
}

const TAGS = {
  strong: ['<B>', '</B>'],
  small: ['<FONT POINT-SIZE="9">', '</FONT>'],
  alarm: ['<FONT POINT-SIZE="9"><I>', '</I></FONT>'],
} as const;

const label = (lines: readonly Line[], end = '<BR/>'): string =>
  lines.map(({ text, look }) => TAGS[look][0] + graphvizText(text) + TAGS[look][1]).join(end);

function edgeText(edge: Edge, ids: ReadonlyMap<string, string>): string {
  const text = label(edgeLines(edge));
  const attributes = [
    ...(edge.heads === 'to' ? [] : [`dir=${edge.heads}`]),
    ...(edge.isFlow ? [] : ['style=dotted']),
    ...(edge.steps.length > 0 ? [`color="${PATH}"`, 'penwidth=3'] : []),
    ...(text === '' ? [] : [`label=<${text}>`]),
  ];
  const ends = `${ids.get(edge.from)} -> ${ids.get(edge.to)}`;
  return attributes.length > 0 ? `${ends} [${attributes.join(', ')}]` : ends;
}

function captions({ path, notes }: Drawing): string[] {
  const left = '<BR ALIGN="LEFT"/>';
  const texts = [
    ...(path ? [label(pathLines(path), left)] : []),
    ...(notes.length > 0 ? [notes.map(graphvizText).join(left)] : []),
  ];
  return texts.map((text, i) => `  c${i + 1} [shape=plaintext, style="", label=<${text}${left}>]`);
}

/** Which colour is which layer: a table, since shapes of its own would take part in the layout. */
function legend(drawing: Drawing): string[] {
  const { nodes } = drawing;
  const drawn = GROUPS.filter((group) => nodes.some(({ kind }) => groupOf(kind) === group));
  if (drawn.length === 0) return [];
  const rows = drawn.map((group) => {
    const { fill, line, ink } = COLORS[group];
    const title = graphvizText(groupTitle(drawing, group));
    return `<TR><TD BGCOLOR="${fill}" COLOR="${line}"><FONT COLOR="${ink}" POINT-SIZE="10">${title}</FONT></TD></TR>`;
  });
  return [
    `  legend [shape=plaintext, style="", label=<<TABLE CELLSPACING="4" BORDER="0" CELLBORDER="1">${rows.join('')}</TABLE>>]`,
  ];
}
