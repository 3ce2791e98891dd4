import { describe, expect, test } from 'vitest';
import type { Drawing } from '../../../src/report/draw/drawing.ts';
import { marked } from '../../../src/report/draw/marks.ts';
import { mermaid } from '../../../src/report/draw/mermaid.ts';
import { around, written } from '../../../src/report/draw/smaller.ts';
import { finding, pathFinding, step } from '../verdict-fixture.ts';
import { arrowOf, drawn, GROUPS } from './fixture.ts';

describe('around a component', () => {
  const near = around(drawn(), 'payer');

  test('are those it has to do with, and what passes between them', () => {
    expect(near.nodes.map(({ id }) => id)).toEqual(['bank', 'claims', 'intake', 'ledger', 'payer', 'trail']);
    expect(near.edges.map(arrowOf)).toContain('bank → ledger: pay');
    expect(near.edges.every(({ from, to }) => from !== 'llm' && to !== 'llm')).toBe(true);
    expect(near.notes).toEqual(['Around payer: 6 of 16 components']);
  });

  test('zones without any of them are left out, those around theirs are not', () =>
    expect(near.zones.map(({ id }) => id)).toEqual(['corp', 'vault']));
});

/** So many agents in each of so many zones, each of which hands tasks to the next. */
function crowd(agents: number, zones: number): Drawing {
  const trusts = ['untrusted', 'internal', 'restricted'];
  const boundaries = Array.from(
    { length: zones },
    (_, i) => `  z${i}: { trust: ${trusts[i % 3]}${i % 2 === 1 ? `, within: z${i - 1}` : ''} }`,
  );
  const each = Array.from(
    { length: agents },
    (_, i) => `  a${i}: { boundary: z${i % zones}, delegates_to: a${(i + 1) % agents}, reads: s }`,
  );
  return drawn(
    `maestro: 1\nsystem: { name: crowd }\nboundaries:\n${boundaries.join('\n')}\ndata: { s: {} }\nagents:\n${each.join('\n')}\n`,
  );
}

/** What was drawn in the end, by `written` with no limit to characters. */
function asWritten(drawing: Drawing, maxCharacters = Number.POSITIVE_INFINITY) {
  let last = drawing;
  const write = (each: Drawing) => {
    last = each;
    return mermaid(each);
  };
  const { isWhole, text } = written(drawing, write, maxCharacters);
  return { drawing: last, isWhole, text };
}

describe('a picture that is too large', () => {
  test('is left alone up to 150 components', () => {
    expect(asWritten(crowd(149, 4)).isWhole).toBe(true);
    expect(asWritten(crowd(150, 4)).isWhole).toBe(false);
  });

  test('shows components of one kind in one zone as one, with what passes between them', () => {
    const { drawing } = asWritten(crowd(400, 4));
    expect(drawing.nodes.map(({ label, zone }) => `${zone}: ${label}`).sort()).toEqual([
      'null: s',
      'z0: 100 agents',
      'z1: 100 agents',
      'z2: 100 agents',
      'z3: 100 agents',
    ]);
    expect(drawing.edges).toHaveLength(8);
    expect(drawing.notes.at(-1)).toBe('401 components: those of one kind in one zone are drawn as one');
  });

  test('draws zones together when there are too many, outermost first, then by trust', () => {
    expect(asWritten(crowd(400, 100)).drawing.zones).toHaveLength(50);
    const byTrust = asWritten(crowd(400, 200)).drawing;
    expect(byTrust.zones.map(({ id }) => id).sort()).toEqual(['internal', 'restricted', 'untrusted']);
    expect(byTrust.notes.at(-1)).toContain('in zones of one trust');
  });

  test('a zone that is called as a trust does not draw others into what is around it', () => {
    const zones = Array.from({ length: 100 }, (_, i) => `  z${i}: { trust: internal }`).join('\n');
    const text = `maestro: 1\nsystem: { name: a }\nboundaries:\n  outer: { trust: untrusted }\n  internal: { trust: restricted, within: outer }\n${zones}\nagents:\n${Array.from({ length: 200 }, (_, i) => `  a${i}: { boundary: z${i % 100} }`).join('\n')}\n`;
    const { drawing } = asWritten(drawn(text));
    expect(drawing.zones).toEqual([{ id: 'internal', trust: 'internal', within: null }]);
  });

  test('gets smaller until its text is short enough', () => {
    const { text, drawing } = asWritten(crowd(140, 40), 9_000);
    expect(text.length).toBeLessThanOrEqual(9_000);
    expect(drawing.nodes.length).toBeGreaterThan(1);
    const least = asWritten(crowd(140, 40), 10);
    expect(least.drawing.zones).toEqual([]);
  });

  test('keeps what is found, and the attack path', () => {
    const steps = [step('a0', 'one', 'intake'), step('a1', 'two', 'intake')];
    const found = [pathFinding({ subject: ['a1'], steps }), finding({ subject: ['a5'] })];
    const { drawing } = asWritten(marked(crowd(400, 4), found, GROUPS));
    const agents = drawing.nodes.find(({ zone, kind }) => zone === 'z1' && kind === 'agent')!;
    expect(agents.marks.map(({ rule }) => rule)).toEqual(['stranger-moves-money', 'kill-switch-missing']);
    expect(agents.steps).toEqual([2]);
    expect(drawing.edges.filter((edge) => edge.steps.length > 0)).toHaveLength(1);
  });
});
