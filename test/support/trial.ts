import { MUTATED } from './mutants.ts';

/** Runs the program as if these words had been typed in the folder of the mutant. */
export type Run = (argv: readonly string[]) => Promise<Ended>;

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How far a mutant got: no YAML, not what the language allows, or read and judged to the end. */
export const STAGES = ['no YAML', 'refused', 'read'] as const;

/** What one mutant did; `wrong` says what it must not have done. */
export interface Trial {
  readonly stage: (typeof STAGES)[number];
  readonly wrong: string | null;
}

/** Every so many mutants are linted both ways, which have to agree on whether the file is a description. */
const BOTH = 16;

/** Lints a mutated `maestro.yaml`: every second one as programs do, the others as people do. */
export async function tryDescription(run: Run, seed: number): Promise<Trial> {
  if (seed % BOTH !== 0) return seed % 2 === 0 ? tryForPrograms(run) : tryForPeople(run);
  const [one, other] = [await tryForPrograms(run), await tryForPeople(run)];
  const differ = one.stage === other.stage ? null : `${one.stage} in JSON, ${other.stage} in words`;
  return { ...one, wrong: one.wrong ?? other.wrong ?? differ };
}

/** With every rule. */
const tryForPrograms = (run: Run): Promise<Trial> => tryInJson(run, ['--profile', 'strict', 'maestro.yaml']);

/** As JSON: what is printed has to be right about itself. */
async function tryInJson(run: Run, argv: readonly string[]): Promise<Trial> {
  const ended = await run(['lint', '--format', 'json', ...argv]);
  const wrong = wrongWith(ended);
  if (wrong !== null) return { stage: 'refused', wrong };
  const report = parsed(ended.stdout);
  if (report === null) return { stage: 'refused', wrong: `this is no JSON: ${ended.stdout.slice(0, 500)}` };
  const isRight = report.complete !== (ended.code === 2);
  const stage = stageOf(report.errors[0]?.code);
  return { stage, wrong: isRight ? null : `exit ${ended.code} with complete: ${report.complete}` };
}

/** In words, with the rules that run when nobody says which. */
const tryForPeople = (run: Run): Promise<Trial> => tryInWords(run, ['lint', 'maestro.yaml']);

/** Every so many rules that can be read also judge a whole description, which lies beside them. */
const LINTED = 4;
export const WHOLE = 'whole.maestro.yaml';

/** Runs the tests of a mutated rule file. */
export async function tryRule(run: Run, seed: number): Promise<Trial> {
  const file = `${MUTATED}.yaml`;
  const trial = await tryInWords(run, ['test', file]);
  if (trial.stage !== 'read' || seed % LINTED !== 0) return trial;
  const linted = await tryInJson(run, ['--pack', file, '--rule', MUTATED, WHOLE]);
  return { ...trial, wrong: trial.wrong ?? linted.wrong };
}

async function tryInWords(run: Run, argv: readonly string[]): Promise<Trial> {
  const ended = await run(argv);
  const code = ended.code === 2 ? (/^error\[([\w-]+)\]/m.exec(ended.stdout)?.[1] ?? 'unknown') : undefined;
  return { stage: stageOf(code), wrong: wrongWith(ended) };
}

/** Mistakes that are found before anybody asks what the file says. */
const BELOW_LANGUAGE: ReadonlySet<string> = new Set([
  ...[
    'yaml-syntax',
    'encoding',
    'binary',
    'empty',
    'foreign',
    'several-documents',
    'duplicate-key',
    'key-not-text',
  ],
  ...['unusable-key', 'merge', 'unknown-alias', 'alias-circle', 'alias-bomb'],
]);

const stageOf = (code: string | undefined): Trial['stage'] =>
  code === undefined ? 'read' : BELOW_LANGUAGE.has(code) ? 'no YAML' : 'refused';

/** Characters that nobody sees and terminals act on; only the end of a line is printed as it is. */
const HIDDEN = /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

function wrongWith({ code, stdout, stderr }: Ended): string | null {
  if (![0, 1, 2, 3].includes(code)) return `exit ${code}\n${stderr}`;
  return /has a bug/.test(stderr) ? stderr : (hiddenIn(stdout) ?? hiddenIn(stderr));
}

function hiddenIn(text: string): string | null {
  const [hidden, at] = [HIDDEN.exec(text)?.[0], text.search(HIDDEN)];
  if (hidden === undefined) return null;
  const around = JSON.stringify(text.slice(Math.max(0, at - 100), at + 20));
  return `U+${hidden.charCodeAt(0).toString(16)} is printed as it is: ${around}`;
}

interface Report {
  readonly complete: boolean;
  readonly errors: readonly { readonly code: string }[];
}

function parsed(text: string): Report | null {
  try {
    return JSON.parse(text) as Report;
  } catch {
    return null;
  }
}
