import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import type { Output } from './io.ts';
import { main } from './main.ts';

/** Runs the program on this process; gives what it should exit with. */
export const run = (): Promise<number> =>
  main({
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    env: process.env,
    home: fileURLToPath(new URL('..', import.meta.url)),
    stdout: output(1, () => process.stdout.columns),
    stderr: output(2, () => process.stderr.columns),
  });

/**
 * Writes at once and whole, also into a pipe: what is still on its way when a process ends is lost
 * (nodejs/node#6379), and `process.stdout` costs a few milliseconds to set up.
 */
function output(descriptor: 1 | 2, columns: () => number | undefined): Output {
  const isTTY = isatty(descriptor);
  const width = isTTY ? columns() : undefined;
  return {
    isTTY,
    ...(width === undefined ? {} : { columns: width }),
    write: (text) => {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeSome(descriptor, bytes, at);
    },
  };
}

/** A full pipe is tried again; a reader that went away (`| head`) wants no more. */
function writeSome(descriptor: number, bytes: Uint8Array, at: number): number {
  try {
    return writeSync(descriptor, bytes, at);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN') return 0;
    if (code === 'EPIPE') return bytes.length - at;
    throw error;
  }
}
