import { terminalAsk } from './ask.ts';
import { main } from './main.ts';
import { processIo } from './process.ts';

/** Runs the program on this process; `home` is the folder of the package. Gives what the process should exit with. */
export function run(home: string): Promise<number> {
  const io = processIo(home);
  // Setting up standard input costs milliseconds that no other command has to spend.
  const ask = io.argv[0] === 'init' ? terminalAsk() : undefined;
  return main(ask ? { ...io, ask } : io);
}
