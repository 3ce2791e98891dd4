import { processIo } from './process.ts';
import { quick } from './quick.ts';

/** Tries the quick program on this process; null when the whole one has to run. A bug is for the whole one to report. */
export const runQuick = (home: string): Promise<number | null> => quick(processIo(home)).catch(() => null);
