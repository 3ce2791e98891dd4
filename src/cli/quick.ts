import { OUTCOMES } from '../finding/outcome.ts';
import { SEVERITIES, type Severity } from '../finding/severity.ts';
import { NeedsWhole } from '../model/needs-whole.ts';
import { AROUND, findUpwards } from './config.ts';
import type { Io } from './io.ts';
import { type LintOptions, lint } from './lint-run.ts';

/**
 * The run that is nearly every run: `maestro lint [paths] [--fail-on severity]` over plain YAML that has no mistake in
 * it, printed as text. Built without the libraries that it never needs, so that it starts in half the time; gives null
 * before anything is written when the whole program has to run instead. test/cli/quick.test.ts compares the two.
 */
export async function quick(io: Io): Promise<number | null> {
  const asked = simpleLint(io.argv);
  if (!asked || findUpwards(io.cwd, AROUND) !== null) return null;
  try {
    return OUTCOMES[await lint(io, asked.paths, asked.options)];
  } catch (error) {
    if (error instanceof NeedsWhole) return null;
    throw error;
  }
}

/** The command line when it asks for nothing but that. */
function simpleLint(argv: readonly string[]): { paths: string[]; options: LintOptions } | null {
  const words = argv[0] === 'lint' ? argv.slice(1) : [];
  if (argv.length > 0 && argv[0] !== 'lint') return null;
  const paths: string[] = [];
  let failOn: Severity | 'never' | null = null;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === '--fail-on') {
      const level = words[++i];
      if (level !== 'never' && !(SEVERITIES as readonly string[]).includes(level ?? '')) return null;
      failOn = level as Severity | 'never';
    } else if (word.startsWith('-')) return null;
    else paths.push(word);
  }
  return { paths, options: { format: [], rule: [], ...(failOn === null ? {} : { failOn }) } };
}
