import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readThreats } from '../../src/rules/threats.ts';
import { rules, vocabulary } from '../support/pack.ts';

interface Row {
  readonly about: string;
  readonly rules: readonly string[];
  readonly merged?: string;
  readonly not_built?: string;
}

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const rows: Readonly<Record<string, Row>> = parse(read('docs/catalogue-rows.yaml')).rows;
const threats = readThreats(read('rules/threats.yaml'));
const ids = new Set(rules.map(({ id }) => id));

/** How many rows each section has. They are numbered from 01 without a gap, but for the one that was never given. */
const SECTIONS: Readonly<Record<string, number>> = {
  XL: 15,
  L1: 8,
  L2: 11,
  L3: 16,
  L4: 11,
  L5: 9,
  L6: 11,
  L7: 10,
  S: 18,
};
const NEVER_GIVEN = 'L7-08';

describe('rows of the catalogue', () => {
  test('every row is there, and no other', () => {
    const expected = Object.entries(SECTIONS).flatMap(([section, count]) =>
      Array.from({ length: count }, (_, i) => `${section}-${String(i + 1).padStart(2, '0')}`),
    );
    expect(Object.keys(rows)).toEqual(expected.filter((id) => id !== NEVER_GIVEN));
  });

  test.each(Object.entries(rows))('%s has rules that exist, or says why not', (_, row) => {
    expect(row.rules.filter((id) => !ids.has(id))).toEqual([]);
    expect(new Set(row.rules).size).toBe(row.rules.length);
    expect(row.about).not.toBe('');
    if (row.rules.length === 0) expect(row.not_built).toMatch(/\w{3}/);
    else expect(row.not_built).toBeUndefined();
  });

  test('every rule that is about the product comes from a row, or is about the description itself', () => {
    const named = new Set(Object.values(rows).flatMap((row) => row.rules));
    expect([...ids].filter((id) => !named.has(id)).sort()).toEqual(OF_NO_ROW);
  });
});

/** Rules that answer what an issue or a published threat model asks for beyond the catalogue. */
const OF_NO_ROW = [
  'answers-ungrounded',
  'callers-not-separated',
  'control-contradicts-fact',
  'development-call-unasked',
  'evidence-missing',
  'personal-data-unredacted',
  'shared-tool-unisolated',
  'waiver-expired',
];

describe('threats', () => {
  const lookedAt = new Set(rules.flatMap((rule) => rule.threats));

  test('each that a description can show has a rule, or a reason why none looks at it', () => {
    const visible = threats.filter((each) => each.visible !== 'none');
    expect(visible.length).toBeGreaterThan(100);
    const open = visible.filter(({ id, noRule = '' }) => !lookedAt.has(id) && noRule.length < 20);
    expect(open.map(({ id }) => id)).toEqual([]);
  });

  test('each of them is made harder by a control, or has such a reason', () => {
    const answered = new Set([...vocabulary.values()].flatMap(({ answers }) => answers));
    const open = threats.filter(
      ({ id, visible, noRule }) => visible !== 'none' && noRule === undefined && !answered.has(id),
    );
    expect(open.map(({ id }) => id)).toEqual([]);
  });

  test('a reason stands only where there is no rule and something to see', () => {
    const reasoned = threats.filter(({ noRule }) => noRule !== undefined);
    expect(reasoned.length).toBeGreaterThan(0);
    expect(reasoned.filter(({ id, visible }) => lookedAt.has(id) || visible === 'none')).toEqual([]);
  });
});
