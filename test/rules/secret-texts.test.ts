import { expect, test } from 'vitest';
import { folder, maestro } from '../support/cli.ts';

const TOKEN = `ghp_${'a1B2'.repeat(9)}`;

/** One credential in every way that YAML can write it: some of them stand in no line of the file as they read. */
const WRITTEN: Readonly<Record<string, string>> = {
  plain: `description: ${TOKEN}`,
  quoted: `description: "${TOKEN}"`,
  'with single quotes': `description: 'it''s ${TOKEN}'`,
  'with an escape': `description: "\\x67hp_${TOKEN.slice(4)}"`,
  'over two lines': `description: "${TOKEN.slice(0, 9)}\\\n      ${TOKEN.slice(9)}"`,
  'in a block': `description: |\n      the token\n      ${TOKEN}`,
  'in a list': `tags: [first, ${TOKEN}]`,
  'below an anchor': `description: &once ${TOKEN}`,
  'after a word, over two lines': `description: >-\n      password:\n      ${TOKEN.slice(4)}`,
};

test.each(Object.keys(WRITTEN))('a credential %s is found', async (style) => {
  const text = `maestro: 1\nsystem: { name: desk }\nagents:\n  a:\n    ${WRITTEN[style]}\n`;
  const cwd = folder({ 'maestro.yaml': text });
  const { stdout } = await maestro(cwd, ['lint', '-f', 'json', '--rule', 'literal-secret']);
  expect(JSON.parse(stdout).findings).toMatchObject([{ rule: 'literal-secret', subject: ['a'] }]);
  expect(stdout).not.toContain(TOKEN.slice(4));
});

test('an ordinary text is none', async () => {
  const text = 'maestro: 1\nsystem: { name: desk }\nagents: { a: { description: "a token for each run" } }\n';
  const cwd = folder({ 'maestro.yaml': text });
  const { stdout } = await maestro(cwd, ['lint', '-f', 'json', '--rule', 'literal-secret']);
  expect(JSON.parse(stdout).findings).toEqual([]);
});
