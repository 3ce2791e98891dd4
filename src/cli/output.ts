import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ABOUT } from '../../build/about.ts';
import type { Problem } from '../finding/finding.ts';
import { similar } from '../finding/similar.ts';
import { textReport } from '../report/text.ts';
import { MOST_FINDINGS } from '../report/text-options.ts';
import type { ClosingCount } from '../verdict/closing-count.ts';
import type { PartGate } from '../verdict/part.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { colorLevel } from './color.ts';
import { UserError } from './errors.ts';
import type { Io } from './io.ts';

export const FORMATS = ['text', 'json', 'sarif', 'github', 'markdown', 'gitlab', 'junit'] as const;
export type Format = (typeof FORMATS)[number];

/** A format and where it goes; null is standard output. */
export interface Wanted {
  readonly format: Format;
  output: string | null;
}

/** Collects `--format` and `--output` in the order in which they were written. */
export const wantedFormats = {
  format(formats: Wanted[], name: string): Wanted[] {
    if (!(FORMATS as readonly string[]).includes(name)) {
      const near = similar(name, FORMATS);
      throw new UserError(
        `no format is called ${name}; there are ${FORMATS.join(', ')}`,
        near && `Did you mean ${near}?`,
      );
    }
    formats.push({ format: name as Format, output: null });
    return formats;
  },
  output(formats: Wanted[], file: string): string {
    const last = formats.at(-1);
    if (!last)
      throw new UserError(
        '--output says where the --format before it goes, and none stands before it',
        `Write \`--format text --output ${file}\``,
      );
    if (last.output !== null) throw new UserError('two --output for one --format', 'Repeat --format as well');
    last.output = file;
    return file;
  },
};

interface ReportOptions {
  readonly sarifDir?: string;
  readonly sarifCategory?: string;
  /** For a lint in parts: which one this is. */
  readonly part?: PartGate | null;
  readonly sarifIncludeSuppressed?: boolean;
  /** How many findings text shows; left out, as many as somebody reads. */
  readonly maxFindings?: number;
  /** What closes the attack paths, where several are open. */
  readonly closing?: ClosingCount | null;
}

/** Writes every report that is wanted: files first, then what goes to standard output. */
export async function writeReports(
  io: Io,
  verdict: Verdict,
  wanted: readonly Wanted[],
  options: ReportOptions,
): Promise<void> {
  const all =
    wanted.length > 0 ? wanted : options.sarifDir ? [] : [{ format: 'text' as const, output: null }];
  const toStdout = all.filter(({ output }) => output === null);
  if (toStdout.length > 1) {
    throw new UserError('only one format can go to standard output', 'Give the others an --output');
  }
  for (const { format, output } of all) {
    if (output !== null) writeFile(io.cwd, output, await report(io, verdict, format, false, options));
  }
  if (options.sarifDir) await writeSarifDir(io, verdict, options.sarifDir, options);
  for (const { format } of toStdout) io.stdout.write(await report(io, verdict, format, true, options));
}

/** Formats that need nothing but the verdict. */
const PURE: Partial<Record<Format, () => Promise<(verdict: Verdict) => string>>> = {
  github: async () => (await import('../report/github.ts')).githubReport,
  gitlab: async () => (await import('../report/gitlab.ts')).gitlabReport,
  junit: async () => (await import('../report/junit.ts')).junitReport,
};

async function report(
  io: Io,
  verdict: Verdict,
  format: Format,
  onStdout: boolean,
  options: ReportOptions,
): Promise<string> {
  if (format === 'text') {
    const terminal = onStdout && io.stdout.isTTY;
    const color = onStdout ? colorLevel(io.env, io.stdout.isTTY) : 0;
    return textReport(verdict, {
      color,
      width: (terminal && io.stdout.columns) || 100,
      wrap: terminal,
      links: terminal && color > 0,
      most: options.maxFindings ?? MOST_FINDINGS,
      ...(options.closing && { closing: options.closing }),
    });
  }
  const pure = PURE[format];
  if (pure) return (await pure())(verdict);
  if (format === 'markdown') {
    const { markdownReport } = await import('../report/markdown.ts');
    return markdownReport(verdict, options.closing);
  }
  const { threats, frameworks } = await import('../../build/catalogue.js');
  const taxonomy = new Map(threats.map(({ id, refs }) => [id, refs]));
  if (format === 'json') {
    const { jsonReport } = await import('../report/json.ts');
    return jsonReport(verdict, {
      part: options.part ?? null,
      frameworksOf: (ids) => [...new Set(ids.flatMap((id) => taxonomy.get(id) ?? []))],
    });
  }
  const { sarifReport } = await import('../report/sarif.ts');
  const category = options.sarifCategory;
  return sarifReport(verdict, {
    informationUri: ABOUT.repository,
    taxonomy,
    frameworks,
    ...(category ? { category } : {}),
    ...(options.sarifIncludeSuppressed ? { includeSuppressed: true } : {}),
  });
}

/** One file a system, each with a category of its own, so that uploads do not replace each other. */
async function writeSarifDir(
  io: Io,
  verdict: Verdict,
  folder: string,
  options: ReportOptions,
): Promise<void> {
  const taken = new Set<string>();
  for (const file of verdict.files) {
    if (file.status !== 'linted' || file.system === null) continue;
    const { system } = file;
    const one: Verdict = {
      ...verdict,
      files: [file],
      findings: verdict.findings.filter((finding) => finding.system === system),
      waived: verdict.waived.filter((finding) => finding.system === system),
      known: verdict.known.filter((finding) => finding.system === system),
      unknown: verdict.unknown.filter((each) => each.system === system),
    };
    const name = freeName(system.replaceAll(/[^\p{L}\p{N}_-]+/gu, '_'), taken);
    const text = await report(io, one, 'sarif', false, { ...options, sarifCategory: name });
    writeFile(io.cwd, join(folder, `${name}.sarif`), text);
  }
}

/** `a b` and `a_b` are two systems and one file name; to some disks, so are `a` and `A`. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name}-${n}`;
  taken.add(free.toLowerCase());
  return free;
}

/**
 * Whole or not at all: a run that is killed leaves no half-written report under its name. Where a link leads is
 * written, not the link; devices such as /dev/null stay what they are.
 */
export function writeFile(cwd: string, given: string, text: string): void {
  const path = target(resolve(cwd, given));
  const part = `${path}.${process.pid}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const there = statSync(path, { throwIfNoEntry: false });
    if (there && !there.isFile()) {
      writeFileSync(path, text);
      return;
    }
    writeFileSync(part, text);
    renameSync(part, path);
  } catch (error) {
    if (existsSync(part)) rmSync(part);
    throw new UserError(`cannot write ${given}: ${(error as NodeJS.ErrnoException).code ?? error}`);
  }
}

function target(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** A verdict that holds nothing but what is wrong with the config. */
export const emptyVerdict = (errors: readonly Problem[]): Verdict => ({
  version: ABOUT.version,
  complete: false,
  files: [],
  findings: [],
  waived: [],
  known: [],
  warnings: [],
  comparison: null,
  unknown: [],
  errors,
  rules: [],
});
