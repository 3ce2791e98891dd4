import { atPackage, denoPackage, imagePackage, npmPackage, type Package, pythonPackage } from './pin.ts';
import {
  DENO,
  MORE_SWITCHES,
  NPX,
  NUGET,
  type RunnerOptions,
  SHORT_SWITCHES,
  SWITCHES,
  UVX,
} from './runner-options.ts';
import { programOf, type Word } from './words.ts';

/** How a server is started: the program that fetches it and what it fetches; no package for what is already there. */
export interface Launch {
  readonly runner: string;
  readonly package: Package | null;
  /** Where the package is named. */
  readonly word: Word | null;
  /** Words that belong to this machine, not to a container. */
  readonly own: readonly Word[];
}

/** What a command line starts, once shells and the like are taken off. */
export function launchOf(words: readonly Word[]): Launch | null {
  const [head, ...rest] = words;
  if (!head) return null;
  const program = programOf(head.text);
  const runner = RUNNERS.find(({ names }) => names.includes(program));
  const found = runner?.read(rest, program) ?? null;
  if (!found) return { runner: program, package: null, word: null, own: words };
  return { ...found, own: found.own ? [head, ...found.own] : words };
}

interface Found {
  readonly runner: string;
  readonly package: Package | null;
  readonly word: Word | null;
  readonly own: readonly Word[] | null;
}

interface Runner {
  readonly names: readonly string[];
  /** Null when the program is used for something else than fetching a package. */
  readonly read: (words: readonly Word[], program: string) => Found | null;
}

const RUNNERS: readonly Runner[] = [
  { names: ['npx', 'pnpx', 'bunx'], read: (words, program) => fetched(program, words, NPX, npmPackage) },
  {
    names: ['npm', 'pnpm', 'yarn', 'bun'],
    read: (words, program) => {
      const sub = subcommand(words, ['--prefix', '-C', '--dir', '--filter', '--cwd']);
      const name = sub?.word.text ?? '';
      if (!sub || !FETCHES[program]!.includes(name)) return null;
      return fetched(`${program} ${name}`, sub.rest, NPX, npmPackage);
    },
  },
  { names: ['uvx'], read: (words) => fetched('uvx', words, UVX, pythonPackage) },
  {
    names: ['uv'],
    read: (words) => {
      const tool = subcommand(words, UVX.values);
      const run = tool?.word.text === 'tool' ? subcommand(tool.rest, UVX.values) : null;
      return run?.word.text === 'run' ? fetched('uvx', run.rest, UVX, pythonPackage) : null;
    },
  },
  {
    names: ['pipx'],
    read: (words) => {
      const run = subcommand(words, []);
      return run?.word.text === 'run' ? fetched('pipx', run.rest, UVX, pythonPackage) : null;
    },
  },
  { names: ['docker', 'podman', 'nerdctl'], read: container },
  {
    names: ['deno'],
    read: (words) => {
      const run = subcommand(words, []);
      return run && ['run', 'x'].includes(run.word.text)
        ? fetched('deno', run.rest, DENO, denoPackage)
        : null;
    },
  },
  {
    names: ['go'],
    read: (words) => {
      const run = subcommand(words, ['-C']);
      const spec = run?.word.text === 'run' ? subcommand(run.rest, []) : null;
      return spec && /\w\.\w+\//.test(spec.word.text)
        ? found('go', atPackage('go', spec.word.text), spec.word)
        : null;
    },
  },
  { names: ['dnx'], read: (words) => fetched('dnx', words, NUGET, (spec) => atPackage('nuget', spec)) },
];

/** Subcommands that fetch what they run; all others run what the project has installed. */
const FETCHES: Readonly<Record<string, readonly string[]>> = {
  npm: ['exec', 'x'],
  pnpm: ['dlx', 'dlx@latest'],
  yarn: ['dlx'],
  bun: ['x'],
};

const found = (runner: string, found: Package | null, word: Word): Found => ({
  runner,
  package: found,
  word,
  own: null,
});

/** The first word that is no option, and what follows it. */
function subcommand(
  words: readonly Word[],
  withValue: readonly string[],
): { word: Word; rest: readonly Word[] } | null {
  for (let at = 0; at < words.length; at++) {
    const { text } = words[at]!;
    if (text === '--') continue;
    if (!text.startsWith('-')) return { word: words[at]!, rest: words.slice(at + 1) };
    if (withValue.includes(text)) at++;
  }
  return null;
}

/** The package that is named by an option, else by the first word that is none. */
function fetched(
  runner: string,
  words: readonly Word[],
  { from, values }: RunnerOptions,
  read: (spec: string) => Package | null,
): Found | null {
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const { text } = word;
    if (text === '--') continue;
    if (!text.startsWith('-')) return found(runner, read(text), word);
    if (from.includes(text) && words[at + 1]) return found(runner, read(words[at + 1]!.text), words[at + 1]!);
    const option = from.find((name) => text.startsWith(`${name}=`));
    if (option) return found(runner, read(text.slice(option.length + 1)), word);
    if (values.includes(text)) at++;
  }
  return null;
}

function container(words: readonly Word[], program: string): Found | null {
  let run = subcommand(words, ['--context', '-c', '-H', '--host', '--config', '-l', '--log-level']);
  if (run?.word.text === 'container') run = subcommand(run.rest, []);
  if (run?.word.text !== 'run') return null;
  for (let at = 0; at < run.rest.length; at++) {
    const word = run.rest[at]!;
    const { text } = word;
    if (!text.startsWith('-'))
      return { runner: program, package: imagePackage(text), word, own: run.rest.slice(0, at) };
    const stands = SWITCHES.includes(text) || MORE_SWITCHES.includes(text) || SHORT_SWITCHES.test(text);
    const joined = text.startsWith('--') ? text.includes('=') : text.length > 2;
    if (!stands && !joined) at++;
  }
  return null;
}
