import { resolve } from 'node:path';
import { ABOUT } from '../../build/about.ts';
import type { Outcome } from '../finding/outcome.ts';
import type { Severity } from '../finding/severity.ts';
import { merge } from '../verdict/merge.ts';
import type { NamedPart, Part } from '../verdict/part.ts';
import { NotPart, readPart } from '../verdict/read-part.ts';
import { UserError } from './errors.ts';
import { nameOf, readBytes } from './files.ts';
import type { Io } from './io.ts';
import { judge, nothing } from './lint-run.ts';
import { type Wanted, writeReports } from './output.ts';

export interface MergeOptions {
  readonly format: readonly Wanted[];
  readonly failOn?: Severity | 'never';
  readonly failOnUnknown?: boolean;
  readonly allowEmpty?: boolean;
  readonly sarifDir?: string;
  readonly sarifCategory?: string;
  readonly sarifIncludeSuppressed?: boolean;
  /** How many findings text shows; infinite for all. */
  readonly maxFindings?: number;
}

/** Puts the reports of all parts together and writes the reports that are wanted, as one lint of everything would. */
export async function mergeReports(
  io: Io,
  reports: readonly string[],
  options: MergeOptions,
): Promise<Outcome> {
  const { verdict, failOn, failOnUnknown, closing } = merge(reports.map((report) => read(io.cwd, report)));
  await writeReports(io, verdict, options.format, { ...options, closing });
  if (nothing(verdict) && !options.allowEmpty) {
    io.stderr.write('maestro: nothing was checked: no part has anything to lint\n');
    return 'nothing';
  }
  return judge(verdict, options.failOn ?? failOn, options.failOnUnknown ?? failOnUnknown);
}

function read(cwd: string, given: string): NamedPart {
  const name = nameOf(cwd, resolve(cwd, given));
  const bytes = readBytes(resolve(cwd, given), name);
  if (!(bytes instanceof Uint8Array)) throw new UserError(`${name} cannot be read: ${bytes.message}`);
  let part: Part;
  try {
    part = readPart(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    const why = error instanceof NotPart ? error.message : 'it is not JSON';
    if (!(error instanceof NotPart || error instanceof SyntaxError || error instanceof TypeError))
      throw error;
    throw new UserError(
      `${name} is no part of a lint: ${why}`,
      'Parts are written by `maestro lint --shard 1/8 --format json --output part-1.json`',
    );
  }
  const { version } = part.verdict;
  if (version !== ABOUT.version)
    throw new UserError(
      `${name} is of maestro ${version}, and this is ${ABOUT.version}`,
      'Use one version for all parts and for merge',
    );
  return { name, part };
}
