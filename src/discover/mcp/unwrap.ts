import { programOf, type Word, wordsOf } from './words.ts';

const SHELLS = ['sh', 'bash', 'zsh', 'dash', 'ash', 'fish', 'pwsh', 'powershell'];
const SCRIPT_OPTION = /^-(?:[a-z]*c|command)$/i;
/** Programs that run the words behind them, with their own options in between. */
const PREFIXES = [
  'exec',
  'command',
  'time',
  'nohup',
  'sudo',
  'nice',
  'wsl',
  'mcp-env',
  'envmcp',
  'cross-env',
];
/** Programs that run what stands behind `--`. */
const UNTIL_DASHES = [
  'mise',
  'rtx',
  'op',
  'doppler',
  'infisical',
  'dotenv',
  'dotenvx',
  'direnv',
  'volta',
  'fnm',
];
/** What wsl and sudo take a value for. */
const WITH_VALUE = ['-d', '--distribution', '-u', '--user', '-n'];
const ASSIGNMENT = /^[A-Za-z_]\w*=/;
const MOST_LAYERS = 6;

/** The words that a shell, `cmd /c`, `env` and the like run in the end. */
export function unwrap(words: readonly Word[]): readonly Word[] {
  let left = words;
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const inner = innerOf(left);
    if (inner === null || inner.length === 0) return left;
    left = inner;
  }
  return left;
}

/** One layer less; null when there is none. */
function innerOf(words: readonly Word[]): readonly Word[] | null {
  const [head, ...rest] = words;
  if (!head) return null;
  const program = programOf(head.text);
  if (ASSIGNMENT.test(head.text)) return rest;
  if (program === 'cmd') return behind(rest, (word) => /^\/[ck]$/i.test(word));
  if (program === 'env') return rest.slice(countWhile(rest, (word) => word.startsWith('-')));
  if (SHELLS.includes(program)) {
    const option = rest.findIndex(({ text }) => SCRIPT_OPTION.test(text));
    const script = option < 0 ? undefined : rest[option + 1];
    if (!script) return null;
    return commandOf(
      option + 2 < rest.length && isPowerShell(program) ? rest.slice(option + 1) : wordsOf(script),
    );
  }
  if (UNTIL_DASHES.includes(program)) return behind(rest, (word) => word === '--');
  if (PREFIXES.includes(program)) return withoutOptions(rest);
  return null;
}

const isPowerShell = (program: string): boolean => program === 'pwsh' || program === 'powershell';

function behind(words: readonly Word[], isMark: (word: string) => boolean): readonly Word[] | null {
  const mark = words.findIndex(({ text }) => isMark(text));
  return mark < 0 ? null : words.slice(mark + 1);
}

function withoutOptions(words: readonly Word[]): readonly Word[] {
  let at = 0;
  while (words[at]?.text.startsWith('-')) at += WITH_VALUE.includes(words[at]!.text) ? 2 : 1;
  return words.slice(at);
}

function countWhile(words: readonly Word[], holds: (word: string) => boolean): number {
  const end = words.findIndex(({ text }) => !holds(text));
  return end < 0 ? words.length : end;
}

/** Programs that only prepare what the next command of a script does. */
const PREPARES = ['cd', 'export', 'source', '.', 'set', 'eval', 'mkdir', 'echo', 'sleep', 'test', '['];

/** Of the commands of a script, the first that does more than prepare; the last one if none does. */
function commandOf(words: readonly Word[]): readonly Word[] {
  const commands: Word[][] = [[]];
  for (const word of words) {
    const text = word.text.replace(/;$/, '');
    const ends = text !== word.text || ['&&', '||', '|', ';'].includes(word.text);
    if (text !== '' && !['&&', '||', '|'].includes(text)) commands.at(-1)!.push({ ...word, text });
    if (ends) commands.push([]);
  }
  const real = commands.filter(([head]) => head !== undefined);
  return real.find(([head]) => !PREPARES.includes(programOf(head!.text))) ?? real.at(-1) ?? [];
}
