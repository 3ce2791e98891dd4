import type { Kind } from '../../model/language.ts';
import { columns as widthOf } from '../width.ts';
import type { Drawing, Edge, Node } from './drawing.ts';
import { cut, detailLines, type Line, nodeLines, saidOn, withSteps } from './labels.ts';
import { GROUPS, type Group, kindsOf } from './palette.ts';

/** Sizes of text in pixels, and of one column of it: the widest of the fonts that are asked for takes 0.62 em. */
export const TEXT = { strong: 12.5, small: 10.5 } as const;
const EM = 0.62;
export const LINE_HEIGHT = { strong: 16, small: 13 } as const;
const MOST_COLUMNS = 42;
export const PADDING = 9;
/** Of the lines of a row that follow its first. */
export const INDENT = 12;
/** The stripe at the left of a box that shows its layer. */
export const STRIPE = 4;
/** Between two lines that end at one box. A line that leaves to the right never runs at the height of one to the left. */
export const PORT_STEP = 8;
export const GRID = 4;

/** One edge as a line of text in the box of one of its ends; it is drawn from there to the other end. */
export interface Row {
  readonly edge: Edge;
  readonly other: string;
  readonly lines: readonly Line[];
  /** From the top of the box to the middle of its first line. */
  readonly middle: number;
  readonly top: number;
}

export interface Box {
  readonly node: Node;
  readonly column: number;
  readonly lines: readonly Line[];
  readonly rows: readonly Row[];
  /** Height of the part above the rows, where lines of other boxes end. */
  readonly head: number;
  readonly width: number;
  readonly height: number;
}

/** A column of boxes; agents and tools are two of one layer. */
export interface Column {
  readonly group: Group;
  readonly kinds: readonly Kind[];
}

/** The columns that have something in them, actors first, then the layers as CSA orders them. */
export const columnsOf = (nodes: readonly Node[]): Column[] =>
  GROUPS.flatMap((group): Column[] => {
    const kinds = kindsOf(group);
    return group === 'agent-frameworks'
      ? kinds.map((kind) => ({ group, kinds: [kind] }))
      : [{ group, kinds }];
  }).filter(({ kinds }) => nodes.some(({ kind }) => kinds.includes(kind)));

/** The end of an edge that tells about it, by kind: who acts, before what is acted on. */
const TELLERS: readonly Kind[] = [
  'monitor',
  'service',
  'actor',
  'peer',
  'agent',
  'tool',
  'model',
  'store',
  'host',
];

/** Every component as a box with its text, measured. `order` has them from the top of the picture to its bottom. */
export function boxesOf(
  { nodes, edges }: Drawing,
  columns: readonly Column[],
  order: readonly Node[],
): ReadonlyMap<string, Box> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const rank = new Map(order.map(({ id }, i) => [id, i]));
  const told = new Map<string, Edge[]>(nodes.map(({ id }) => [id, []]));
  const ends = new Map<string, number>(nodes.map(({ id }) => [id, 0]));
  for (const edge of edges) {
    const [teller, other] = tellerOf(edge, byId);
    told.get(teller)!.push(edge);
    if (other !== teller) ends.set(other, ends.get(other)! + 1);
  }
  const height = ({ from, to }: Edge, id: string) => rank.get(from === id ? to : from)!;
  return new Map(
    nodes.map((node) => {
      // Rows in the order of what they are about, so that their lines do not cross.
      const rows = told.get(node.id)!.sort((a, b) => height(a, node.id) - height(b, node.id));
      return [node.id, box(node, rows, ends.get(node.id)!, columns, byId)];
    }),
  );
}

function tellerOf({ from, to }: Edge, byId: ReadonlyMap<string, Node>): [teller: string, other: string] {
  const rank = (id: string) => TELLERS.indexOf(byId.get(id)!.kind);
  return rank(to) < rank(from) ? [to, from] : [from, to];
}

function box(
  node: Node,
  edges: readonly Edge[],
  ends: number,
  columns: readonly Column[],
  byId: ReadonlyMap<string, Node>,
): Box {
  const lines = nodeLines({ ...node, steps: [] }).map(narrow);
  const text = PADDING + heightOf(lines) + PADDING - 3;
  // All may come from one side.
  const head = snapped(Math.max(text, ends * PORT_STEP + PADDING));
  let top = head + (edges.length > 0 ? 3 : 0);
  const rows = edges.map((edge): Row => {
    const other = edge.from === node.id ? edge.to : edge.from;
    const lines = rowLines(edge, node.id, byId.get(other)!);
    const row = { edge, other, lines, top, middle: top + LINE_HEIGHT.small / 2 };
    top += heightOf(lines) + 2;
    return row;
  });
  const widths = [...lines, ...rows.flatMap((row) => row.lines)].map(lineWidth);
  return {
    node,
    column: columns.findIndex(({ kinds }) => kinds.includes(node.kind)),
    lines,
    rows,
    head,
    width: Math.max(96, ...widths) + 2 * PADDING + STRIPE + INDENT,
    height: snapped(rows.length > 0 ? top + 5 : head),
  };
}

const ARROWS = { to: '→', both: '↔', none: '·' } as const;

/** `← kb: read`, then how the caller proves who it is, then findings. */
function rowLines(edge: Edge, teller: string, other: Node): Line[] {
  const arrow = edge.heads === 'to' && edge.from !== teller ? '←' : ARROWS[edge.heads];
  const says = saidOn(edge);
  const text = `${arrow} ${cut(other.label, 24)}${says === '' ? '' : `: ${says}`}`;
  return [{ text: withSteps(edge.steps, text), look: 'small' } as const, ...detailLines(edge)].map(narrow);
}

const narrow = (line: Line): Line => ({
  ...line,
  text: cut(
    line.text,
    line.look === 'strong' ? Math.floor(MOST_COLUMNS * (TEXT.small / TEXT.strong)) : MOST_COLUMNS,
  ),
});

const sizeOf = ({ look }: Line): 'strong' | 'small' => (look === 'strong' ? 'strong' : 'small');
const heightOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, line) => sum + LINE_HEIGHT[sizeOf(line)], 0);
const lineWidth = (line: Line): number => Math.ceil(widthOf(line.text) * TEXT[sizeOf(line)] * EM);
export const snapped = (y: number): number => Math.ceil(y / GRID) * GRID;
