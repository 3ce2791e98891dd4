import type { Answers } from '../discover/draft-answers.ts';
import type { Joined } from '../discover/join.ts';
import { visible } from '../report/escape.ts';
import { listed } from '../report/words.ts';
import type { Io } from './io.ts';

/** Whether somebody is there to answer. */
export const canAsk = (io: Io, yes: boolean | undefined): boolean => !yes && io.ask !== undefined;

/**
 * Asks what no file says and no flag answered: what strangers can write, what is sensitive, who owns it. An empty line
 * skips a question. Asks nothing about a repository without a product.
 */
export async function asked(io: Io, joined: Joined, answers: Answers): Promise<Answers> {
  const ask = io.ask;
  const runtime = joined.components.filter(({ plane }) => plane === 'runtime');
  if (!ask || runtime.length === 0) return answers;
  const of = (kind: string) => runtime.filter((each) => each.kind === kind).map(({ id }) => id);
  const [agents, stores] = [of('agent'), of('store')];
  let { owner, untrusted, sensitive } = answers;
  io.stderr.write('Three things no file says. An empty line skips one; each can be changed in the file.\n\n');
  if (untrusted.length === 0 && agents.length > 0) {
    io.stderr.write(
      '1. What do your agents read that strangers can write? Mail, web pages, tickets, uploads, …\n',
    );
    io.stderr.write('   Names with commas between them');
    io.stderr.write(
      agents.length > 1
        ? `; name=agent says who reads it (${listed(agents, 5)}).\n`
        : `; ${visible(agents[0]!)} reads them.\n`,
    );
    untrusted = list(await ask('   > '));
  }
  if (sensitive.length === 0) {
    io.stderr.write(
      '2. Which data must not leak? name=pii, phi, pci, financial, credentials or source-code.\n',
    );
    if (stores.length > 0) io.stderr.write(`   Found here: ${listed(stores, 6)}.\n`);
    sensitive = list(await ask('   > '));
  }
  if (owner === undefined) {
    io.stderr.write('3. Which team answers for this system?\n');
    owner = (await ask('   > '))?.trim() || undefined;
  }
  io.stderr.write('\n');
  return { owner, untrusted, sensitive };
}

const list = (line: string | null): string[] =>
  (line ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** A question that is answered with yes or no; no when nobody is there. */
export async function confirmed(io: Io, question: string): Promise<boolean> {
  const answer = await io.ask?.(`${question} [y/N] `);
  return /^y(?:es)?$/i.test(answer?.trim() ?? '');
}
