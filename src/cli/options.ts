import { Option } from 'commander';
import { PROFILES, SEVERITIES } from '../finding/severity.ts';
import { MOST_FINDINGS } from '../report/text-options.ts';
import { UserError } from './errors.ts';
import { FORMATS, type Wanted, wantedFormats } from './output.ts';

// What several commands ask for in the same words.

/** `--format`, which may repeat; fills `formats` in the order in which they were written. */
export const formatOption = (formats: Wanted[]): Option =>
  new Option('-f, --format <format>', `${FORMATS.slice(0, -1).join(', ')} or ${FORMATS.at(-1)}; may repeat`)
    .argParser((name: string) => wantedFormats.format(formats, name))
    .default(formats, 'text');

/** `--output`, for the format that stands before it. */
export const outputOption = (formats: Wanted[]): Option =>
  new Option('-o, --output <file>', 'where the format before it goes (default: standard output)').argParser(
    (file: string) => wantedFormats.output(formats, file),
  );

/** `--max-findings`, for the report that people read. */
export const maxFindingsOption = (): Option =>
  new Option(
    '--max-findings <number>',
    `how many text shows, the worst first, or \`all\` (default: ${MOST_FINDINGS})`,
  ).argParser((text: string) => {
    if (text === 'all') return Number.POSITIVE_INFINITY;
    if (!/^\d{1,9}$/.test(text))
      throw new UserError(`${text} is no number of findings`, 'Write 50, or `all`');
    return Number(text);
  });

export const failOnOption = (says = 'exit 1 from this severity on (default: high)'): Option =>
  new Option('--fail-on <severity>', says).choices([...SEVERITIES, 'never']);

export const profileOption = (says = 'which rules run'): Option =>
  new Option('--profile <profile>', says).choices(PROFILES);

/** `--rule`, which may repeat. */
export const ruleOption = (says = 'run this rule alone; may repeat', all = 'those of the profile'): Option =>
  new Option('--rule <id>', says).argParser((id: string, ids: string[]) => [...ids, id]).default([], all);

export const configOption = (): Option =>
  new Option('-c, --config <file>', 'config to use (default: maestro.config.yaml, searched upwards)');

/** `--pack`, for every command that knows rules. */
export const packOption = (): Option =>
  new Option('--pack <path>', 'rules of your own: a folder or a file; may repeat')
    .argParser((path: string, paths: string[]) => [...paths, path])
    .default([], 'those of the config');

export const asOfOption = (says = 'judge reviews and periods by this day (default: today in UTC)'): Option =>
  new Option('--as-of <day>', says).argParser(dayOf);

/** A day as people write it, in seconds since 1970. */
export function dayOf(text: string): number {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(day)) throw new UserError(`${text} is no day`, 'Write it as 2026-01-31');
  return day / 1000;
}
