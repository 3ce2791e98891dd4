import type { Problem } from '../finding/finding.ts';
import type { Outcome } from '../finding/outcome.ts';
import { similar } from '../finding/similar.ts';
import { draw } from '../report/draw/draw.ts';
import type { Drawing } from '../report/draw/drawing.ts';
import { marked } from '../report/draw/marks.ts';
import { around, written } from '../report/draw/smaller.ts';
import { painter } from '../report/paint.ts';
import { problemText } from '../report/text-problem.ts';
import { colorLevel } from './color.ts';
import { UserError } from './errors.ts';
import { type Linted, type Relint, relint, type TaskOptions } from './explain-task.ts';
import type { Io } from './io.ts';
import { writeFile } from './output.ts';
import type { Task } from './run.ts';

export interface GraphOptions extends TaskOptions {
  readonly format: 'mermaid' | 'dot' | 'svg';
  readonly output?: string;
  readonly findings?: boolean;
  readonly around?: string;
}

/** Draws the one system that `path` stands for. What is wrong with it goes to standard error, and nothing is drawn. */
export async function graph(io: Io, path: string | undefined, options: GraphOptions): Promise<Outcome> {
  const run = await relint(io, path === undefined ? [] : [path], options);
  if ('length' in run) return invalid(io, run);
  if (run.verdict.errors.length > 0) return invalid(io, run.verdict.errors);
  const one = theOnly(run.systems);
  if (!one) {
    io.stderr.write('maestro: nothing to draw: no maestro.yaml or *.maestro.yaml here\n');
    return 'nothing';
  }
  const { frameworks } = await import('../../build/catalogue.js');
  const layers = frameworks.find(({ prefix }) => prefix === 'csa-maestro')?.entries ?? {};
  const { text, isWhole } = await picture(drawingOf(draw(one.system, layers), run, options), options.format);
  if (!isWhole) io.stderr.write(TOO_LARGE);
  if (options.output === undefined) io.stdout.write(text);
  else writeFile(io.cwd, options.output, text);
  return 'clean';
}

const TOO_LARGE =
  'maestro: too much for one picture: components of one kind are drawn as one\n' +
  '  `--around <component>` draws one of them with what it has to do with\n';

function drawingOf(
  whole: Drawing,
  { verdict, task }: Relint,
  { findings, around: id }: GraphOptions,
): Drawing {
  const drawing = findings ? marked(whole, verdict.findings, aboutGroups(task)) : whole;
  if (id === undefined) return drawing;
  const ids = drawing.nodes.map((node) => node.id);
  if (ids.includes(id)) return around(drawing, id);
  const near = similar(id, ids);
  throw new UserError(`no component is called ${id}`, near && `Did you mean ${near}?`);
}

const aboutGroups = ({ pack }: Task): Set<string> =>
  new Set(pack.rules.filter(({ form }) => form.is === 'group').map(({ id }) => id));

/** Mermaid refuses more than 50,000 characters (`maxTextSize`); the others have no such limit. */
const MERMAID_CHARACTERS = 49_000;

async function picture(drawing: Drawing, format: GraphOptions['format']) {
  if (format === 'mermaid') {
    const { mermaid } = await import('../report/draw/mermaid.ts');
    return written(drawing, mermaid, MERMAID_CHARACTERS);
  }
  if (format === 'dot') {
    const { dot } = await import('../report/draw/dot.ts');
    return written(drawing, dot, Number.POSITIVE_INFINITY);
  }
  const { svg } = await import('../report/draw/svg.ts');
  return written(drawing, svg, Number.POSITIVE_INFINITY);
}

const MAX_NAMED = 10;

function theOnly(systems: readonly Linted[]): Linted | null {
  if (systems.length < 2) return systems[0] ?? null;
  const files = systems.map(({ system }) => system.file);
  const more = files.length > MAX_NAMED ? ` and ${files.length - MAX_NAMED} more` : '';
  throw new UserError(
    `there are ${files.length} systems here: ${files.slice(0, MAX_NAMED).join(', ')}${more}`,
    `Name the one to draw: \`maestro graph ${files[0]}\``,
  );
}

function invalid({ stderr, env }: Io, problems: readonly Problem[]): Outcome {
  const color = colorLevel(env, stderr.isTTY);
  const width = (stderr.isTTY && stderr.columns) || 100;
  const options = { color, width, wrap: stderr.isTTY, links: false } as const;
  const texts = problems.map((problem) => problemText(problem, painter(color > 0, false), options));
  stderr.write(`${texts.join('\n\n')}\n`);
  return 'invalid';
}
