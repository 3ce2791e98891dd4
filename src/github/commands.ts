import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';

/** Outputs of the Action, as action.yml lists them. */
export interface Outputs {
  readonly 'sarif-file': string;
  readonly findings: string;
  readonly 'new-findings': string;
  readonly 'highest-severity': string;
  readonly outcome: string;
}
export const OUTPUT_NAMES = [
  'sarif-file',
  'findings',
  'new-findings',
  'highest-severity',
  'outcome',
] as const;

/** Appends outputs to the file that the runner reads; the delimiter cannot be known by who wrote a value. */
export function writeOutputs(file: string | undefined, outputs: Outputs): void {
  if (!file) return;
  const delimiter = `end-${randomUUID()}`;
  const text = OUTPUT_NAMES.map((name) => `${name}<<${delimiter}\n${outputs[name]}\n${delimiter}\n`).join('');
  // One write: a process that is killed leaves all of it or nothing.
  appendFileSync(file, text);
}

/** Appends to the page of the job. */
export function writeSummary(file: string | undefined, text: string): void {
  if (file) appendFileSync(file, text.endsWith('\n') ? text : `${text}\n`);
}
