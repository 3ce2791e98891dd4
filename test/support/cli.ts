import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Output } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';

/** The folder of the package. */
export const HOME = fileURLToPath(new URL('../../', import.meta.url));

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Seconds of the processor, not of the clock: other programs on the machine do not make a test slow. */
  readonly cpu: number;
}

interface Surroundings {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Columns of the terminal that both streams are; left out, they are pipes. */
  readonly terminal?: number;
  readonly stdout?: Output;
}

/** Runs the program in this process as if it was typed in `cwd`. */
export async function maestro(
  cwd: string,
  argv: readonly string[],
  { env = {}, terminal, stdout: given }: Surroundings = {},
): Promise<Result> {
  const written = { stdout: '', stderr: '' };
  const output = (stream: 'stdout' | 'stderr'): Output => ({
    isTTY: terminal !== undefined,
    ...(terminal === undefined ? {} : { columns: terminal }),
    write: (text) => {
      written[stream] += text;
    },
  });
  const before = process.cpuUsage();
  const stdout = given ?? output('stdout');
  const code = await main({ argv, cwd, env, home: HOME, stdout, stderr: output('stderr') });
  const { user, system } = process.cpuUsage(before);
  return { code, ...written, cpu: (user + system) / 1e6 };
}

/** A folder with these files (text or bytes by path), gone when the test is over. */
export function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = mkdtempSync(join(tmpdir(), 'maestro-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return path;
}

/** A small description with one high finding: nobody can stop `trader`. */
export const trader = (name = 'desk', autonomy = 'autonomous'): string =>
  `maestro: 1\nsystem: { name: ${name} }\nagents:\n  trader: { autonomy: ${autonomy} }\n`;

/** The one rule that tests of the program run with, so that new rules do not change what they expect. */
export const ONE_RULE = ['--rule', 'kill-switch-missing'];
