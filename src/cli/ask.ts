import { createInterface } from 'node:readline';
import { UserError } from './errors.ts';

/**
 * Asks whoever sits at the terminal; questions go to standard error, so that a draft can go to a file. Undefined when
 * nobody does: then nothing may wait.
 */
export function terminalAsk(): ((question: string) => Promise<string | null>) | undefined {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) return undefined;
  /** Lines that were pasted together with the answer to an earlier question. */
  const ahead: string[] = [];
  return (question) => {
    const pasted = ahead.shift();
    if (pasted !== undefined) {
      process.stderr.write(`${question}${pasted}\n`);
      return Promise.resolve(pasted);
    }
    return new Promise((answer, fail) => {
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      lines.once('SIGINT', () => {
        fail(new UserError('stopped, and nothing is written'));
        lines.close();
      });
      // The end of the input skips this question.
      lines.once('close', () => answer(null));
      lines.question(question, (line) => {
        // What came in one piece with this line is still on its way.
        lines.on('line', (more) => ahead.push(more));
        setImmediate(() => {
          answer(line);
          lines.close();
        });
      });
    });
  };
}
