import { expect, test } from 'vitest';
import { mutatedConfig, wrongWith } from '../support/mutate-config.ts';
import { CONFIGS } from './samples.ts';

const MUTANTS = 600;

test('no mutated configuration ends a reader, loses its place or tells a credential', () => {
  const wrong: string[] = [];
  for (let seed = 1; seed <= MUTANTS; seed++) {
    const clause = wrongWith(mutatedConfig(CONFIGS, seed));
    if (clause) wrong.push(`seed ${seed} ${clause}`);
  }
  expect(wrong).toEqual([]);
});

test('thousands of brackets, and texts that are nothing', () => {
  const deep = ['[', '{"a":', '[[', '- ', 'a = [', '{"mcpServers":{"a":'].map((part) => part.repeat(20_000));
  for (const { path } of CONFIGS)
    for (const text of [
      ...deep,
      '',
      '\0',
      '\ufeff',
      '"',
      'null',
      '"a": 1',
      '---',
      '---\n---\n',
      '[a',
      '__proto__ = 1',
      '{"mcpServers":{"__proto__":{"command":"x"},"constructor":{"url":"x://"}}}',
    ])
      expect([path, text.slice(0, 20), wrongWith({ path, text })]).toEqual([path, text.slice(0, 20), null]);
});
