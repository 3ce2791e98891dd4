import { describe, expect, test } from 'vitest';
import { dot } from '../../../src/report/draw/dot.ts';
import type { Drawing } from '../../../src/report/draw/drawing.ts';
import { mermaid } from '../../../src/report/draw/mermaid.ts';
import { svg } from '../../../src/report/draw/svg.ts';
import { drawn, HOSTILE_DESK, markedDesk } from './fixture.ts';

const WRITERS = { mermaid, dot, svg };
const EMPTY = 'maestro: 1\nsystem: { name: empty }\n';

describe.each(Object.entries(WRITERS))('%s', (format, write: (drawing: Drawing) => string) => {
  test('a system with findings', async () => {
    await expect(write(markedDesk())).toMatchFileSnapshot(`../../golden/draw/desk.${format}`);
  });

  test('hostile names', async () => {
    await expect(write(drawn(HOSTILE_DESK))).toMatchFileSnapshot(`../../golden/draw/hostile.${format}`);
  });

  test('nothing hidden comes out raw, and no line is added', () => {
    const text = write(drawn(HOSTILE_DESK));
    expect(text).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\p{Cs}]/u);
    const plain = write(drawn(HOSTILE_DESK.replaceAll(/(name|protocol): "(?:[^"\\]|\\.)*"/g, '$1: "x"')));
    expect(text.split('\n').length).toBe(plain.split('\n').length);
  });

  test('the same drawing gives the same bytes', () => expect(write(markedDesk())).toBe(write(markedDesk())));

  test('a system without anything in it', () => {
    const text = write(drawn(EMPTY));
    expect(text).toMatch(/^(?:flowchart|\/\/ Drawn|<svg)/);
    expect(text).not.toContain('NaN');
  });
});

test('ids of the description are nowhere what Mermaid or Graphviz take for a name of their own', () => {
  for (const write of [mermaid, dot]) {
    const code = write(drawn(HOSTILE_DESK))
      .replaceAll(/"[^"]*"/g, '""')
      .replaceAll(/label=<.*>/g, 'label');
    expect(code).not.toMatch(/\bclick\b|\bo\b|long_|סוכן|גבול/u);
  }
});
