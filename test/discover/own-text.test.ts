import { expect, test } from 'vitest';
import { detached, ownText } from '../../src/discover/own-text.ts';

test('what is detached is what JSON would give back, in objects of its own', () => {
  const value = {
    short: 'a',
    long: 'a text of more than a dozen characters',
    list: [1, null, true, { name: 'x'.repeat(40), gone: undefined }],
    gone: undefined,
    ...(JSON.parse('{ "__proto__": { "key": "value" } }') as object),
  };
  Object.defineProperty(value, '__proto__', { value: { key: 'value' }, enumerable: true });
  const own = detached(value);
  expect(JSON.stringify(own)).toBe(JSON.stringify(value));
  expect(Object.keys(own)).toEqual(['short', 'long', 'list', '__proto__']);
  expect(Object.getPrototypeOf(own)).toBe(Object.prototype);
  expect(own.list[3]).not.toBe(value.list[3]);
  expect(['', 'a', 'é'.repeat(20)].map(ownText)).toEqual(['', 'a', 'é'.repeat(20)]);
});
