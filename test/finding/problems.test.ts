import { expect, test } from 'vitest';
import type { Problem } from '../../src/finding/finding.ts';
import { MAX_PROBLEMS, presentable } from '../../src/finding/problems.ts';

const at = (line: number, column: number, message = 'wrong'): Problem => ({
  code: 'x',
  message,
  file: 'f',
  location: { file: 'f', line, column, endLine: line, endColumn: column + 1 },
  snippet: null,
});

test('in the order of the file, secrets masked', () => {
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  const [first, second, third] = presentable([
    at(2, 9),
    at(2, 1, `\`${secret}\` is no key`),
    { ...at(1, 5), suggestion: `Rename \`${secret}_tool\`` },
  ]);
  expect(first).toMatchObject({ location: { line: 1 }, suggestion: `Rename \`${'*'.repeat(40)}_tool\`` });
  expect(second).toMatchObject({
    location: { line: 2, column: 1 },
    message: `\`${'*'.repeat(40)}\` is no key`,
  });
  expect(third).toMatchObject({ location: { line: 2, column: 9 } });
});

test('so many that one can read them, and a word that there are more', () => {
  const some = Array.from({ length: MAX_PROBLEMS }, (_, i) => at(i + 1, 1));
  expect(presentable(some)).toHaveLength(MAX_PROBLEMS);
  const more = presentable([...some, at(999, 1)]);
  expect(more).toHaveLength(MAX_PROBLEMS + 1);
  expect(more.at(-1)).toMatchObject({ code: 'more-problems', location: null, file: 'f' });
});
