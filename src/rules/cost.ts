import type { Ast } from './cel.ts';
import { ExpressionError } from './expression-error.ts';
import { below, MACROS } from './walk.ts';

/** How much there is of a value: members of a list or letters of a text, and of each member. */
interface Size {
  readonly count: number;
  /** null: nobody knows, or there is nothing below. */
  readonly of: Size | null;
}

interface Cost {
  readonly steps: number;
  readonly size: Size;
}

/** What is assumed of everything that a description holds: how long its lists and texts are, nobody knows here. */
const FIELD: Size = { count: 7, of: null };
const ONE: Size = { count: 1, of: null };

/** Three lists of a description inside each other are well below this; one step takes a microsecond or less. */
const MOST_STEPS = 10_000;

/**
 * Refuses an expression that takes long by its own form, whatever it looks at: macros deep inside each other, texts and
 * lists that are doubled again and again. There is no limit while an expression runs, so it has to be known before.
 */
export function refuseCostly(ast: Ast): void {
  if (cost(ast, new Map()).steps <= MOST_STEPS) return;
  const message = 'This can take too long: it walks lists within lists, or makes ever longer texts';
  throw new ExpressionError(
    'refused',
    `${message}: use fewer macros inside each other`,
    ast.range.start,
    ast.range.end,
  );
}

const volume = ({ count, of }: Size): number => count * (of ? volume(of) : 1);
const larger = (a: Size, b: Size): Size => (volume(a) >= volume(b) ? a : b);
const sum = (costs: readonly Cost[]): number => costs.reduce((steps, each) => steps + each.steps, 0);

type Bound = ReadonlyMap<string, Size>;

function cost(ast: Ast, bound: Bound): Cost {
  if (ast.op === 'rcall' && MACROS.has(ast.args[0])) return macro(ast, bound);
  const parts = below(ast).map((part) => cost(part, bound));
  const steps = 1 + sum(parts);
  const sizes = parts.map(({ size }) => size);
  switch (ast.op) {
    case 'value':
      return { steps, size: typeof ast.args === 'string' ? { count: ast.args.length, of: null } : ONE };
    case 'id':
      return { steps, size: bound.get(ast.args) ?? FIELD };
    case '.':
      return { steps, size: FIELD };
    case 'list':
      return { steps, size: { count: sizes.length, of: sizes.reduce(larger, ONE) } };
    case '?:':
      return { steps, size: larger(sizes[1]!, sizes[2]!) };
    case '+': {
      const [one, other] = sizes as [Size, Size];
      const size = { count: one.count + other.count, of: one.of && other.of && larger(one.of, other.of) };
      return { steps: steps + volume(size) / 10, size };
    }
    case 'call':
      // The text is tried again from each star of the pattern on.
      return { steps: steps + (ast.args[0] === 'glob' ? 10 * volume(sizes[1] ?? ONE) : 0), size: FIELD };
    case 'rcall':
      return {
        steps: steps + looked(sizes),
        size: { count: sizes.reduce((all, size) => all + volume(size), 0), of: null },
      };
    default:
      return { steps: steps + looked(sizes), size: ONE };
  }
}

/** Texts and lists are compared and searched quickly, yet not for nothing. */
const looked = (sizes: readonly Size[]): number => sizes.reduce((all, size) => all + volume(size), 0) / 100;

function macro(ast: Ast & { op: 'rcall' }, bound: Bound): Cost {
  const [name, receiver, args] = ast.args;
  const walked = cost(receiver, bound);
  const variable = (args[0] as Ast & { op: 'id' }).args;
  const inner = new Map([...bound, [variable, walked.size.of ?? FIELD]]);
  const bodies = args.slice(1).map((body) => cost(body, inner));
  const { count } = walked.size;
  const steps = walked.steps + count * (1 + sum(bodies));
  if (name === 'map') return { steps, size: { count, of: bodies.at(-1)?.size ?? null } };
  return { steps, size: name === 'filter' ? walked.size : ONE };
}
