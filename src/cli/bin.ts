import { main } from './main.ts';
import { processIo } from './process.ts';

/** Runs the program on this process; `home` is the folder of the package. Gives what the process should exit with. */
export const run = (home: string): Promise<number> => main(processIo(home));
