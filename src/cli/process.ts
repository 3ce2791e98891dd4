import { fstatSync, statSync, writeSync } from 'node:fs';
import { devNull } from 'node:os';
import type { Io, Output } from './io.ts';

/** This process as the program sees it; `home` is the folder of the package. */
export const processIo = (home: string): Io => ({
  argv: process.argv.slice(2),
  cwd: process.cwd(),
  env: process.env,
  home,
  stdout: output(1, () => process.stdout.columns),
  stderr: output(2, () => process.stderr.columns),
});

/**
 * Writes at once and whole, also into a pipe: what is still on its way when a process ends is lost
 * (nodejs/node#6379), and `process.stdout` costs a few milliseconds to set up.
 */
function output(descriptor: 1 | 2, columns: () => number | undefined): Output {
  const isTTY = isTerminal(descriptor);
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

/** Asks `node:tty` (slow to load) only about what may be a terminal: files, pipes and the null device are none. */
function isTerminal(descriptor: number): boolean {
  try {
    const stream = fstatSync(descriptor);
    if (!stream.isCharacterDevice() || stream.rdev === statSync(devNull, { throwIfNoEntry: false })?.rdev)
      return false;
    return process.getBuiltinModule('node:tty').isatty(descriptor);
  } catch {
    // A closed stream.
    return false;
  }
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
