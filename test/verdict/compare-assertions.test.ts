import { describe, expect, test } from 'vitest';
import { assertionsOf } from '../../src/model/assertions.ts';
import { readYaml } from '../../src/model/yaml.ts';
import { compareAssertions } from '../../src/verdict/compare-assertions.ts';
import { sections, side } from '../support/compare.ts';

const PARTS = `
boundaries: { internet: { trust: untrusted } }
actors: { inbox: { kind: content, boundary: internet }, forum: { kind: content, boundary: internet } }
agents: { payer: { reads: [inbox], tools: [payments] }, clerk: {} }
tools: { payments: { kind: payment, actions: { approve: { effect: pay }, refund: { effect: pay } } } }
`;
const NEVER =
  'id: stays-human, severity: critical, never: { from: [inbox, forum], to: payments, unless: human_approval }';
const ONLY = 'id: just-approves, only: { agent: payer, may: [payments.approve] }';
const THAT = `id: vendors, that: 'system.models.all(m, m.provider == "x")'`;

const desk = (assertions: readonly string[], parts = PARTS, name = 'desk') =>
  sections(`${parts}${list(assertions)}`, name);
const list = (assertions: readonly string[]): string =>
  assertions.length === 0 ? '' : `assert:\n${assertions.map((each) => `  - { ${each} }\n`).join('')}`;
const beside = (...assertions: string[]) =>
  assertionsOf(readYaml('maestro.assert.yaml', `assertions: 1\n${list(assertions)}`));

type Given = { readonly texts: readonly string[]; readonly assertions?: ReturnType<typeof beside> };
const stated = ({ texts, assertions = [] }: Given) => {
  const { systems } = side(...texts);
  return { systems: systems.map(({ system }) => system), assertions };
};

/** What is worse, as `id of systems: how (gone)`. */
const worse = (base: Given, head: Given): string[] =>
  compareAssertions(stated(base), stated(head)).map(
    ({ id, systems, how, gone }) => `${id} of ${systems.join(', ')}: ${how}${gone ? ' (gone)' : ''}`,
  );
const inside = (before: string, after: string, parts = PARTS): string[] =>
  worse({ texts: [desk([before])] }, { texts: [desk([after], parts)] });

describe('what a change takes from own assertions', () => {
  test('nothing, where nothing of them changed or they say more', () => {
    expect(inside(NEVER, NEVER)).toEqual([]);
    expect(inside(NEVER.replace('critical', 'high'), NEVER)).toEqual([]);
    expect(inside(NEVER.replace('[inbox, forum]', 'inbox'), NEVER)).toEqual([]);
    expect(inside(NEVER, NEVER.replace('[inbox, forum]', '[forum, inbox]'))).toEqual([]);
    expect(inside(NEVER, NEVER.replace('[inbox, forum]', 'internet'))).toEqual([]);
    expect(inside(NEVER.replace('human_approval', '[human_approval, spend_limit]'), NEVER)).toEqual([]);
    expect(inside(ONLY.replace('[payments.approve]', '[payments]'), ONLY)).toEqual([]);
    expect(inside(ONLY, ONLY.replace('[payments.approve]', '[]'))).toEqual([]);
    expect(inside(THAT, THAT.replace('all(m, m', 'all( m,  m').replace('( ', '('))).toEqual([]);
    expect(worse({ texts: [desk([])] }, { texts: [desk([NEVER])] })).toEqual([]);
  });

  test('one that is taken out', () => {
    expect(worse({ texts: [desk([NEVER, ONLY])] }, { texts: [desk([ONLY])] })).toEqual([
      'stays-human of desk: removed (gone)',
    ]);
  });

  test.each([
    ['a lower severity', NEVER, NEVER.replace('critical', 'low'), 'severity lowered from critical to low'],
    [
      'no severity',
      NEVER,
      NEVER.replace('severity: critical, ', ''),
      'severity lowered from critical to high',
    ],
    ['fewer starts', NEVER, NEVER.replace('[inbox, forum]', 'forum'), 'no longer from inbox'],
    ['fewer targets', NEVER, NEVER.replace('payments,', 'payments.approve,'), 'no longer to payments'],
    [
      'more that is enough',
      NEVER,
      NEVER.replace('human_approval', '[human_approval, rate_limit]'),
      'also holds with rate_limit',
    ],
    ['more that is allowed', ONLY, ONLY.replace('.approve', ''), 'also allows payments'],
    ['another agent', ONLY, ONLY.replace('payer', 'clerk'), 'about clerk instead of payer'],
    ['another expression', THAT, "id: vendors, that: 'true'", 'its expression says something else'],
    ['another form', ONLY, "id: just-approves, that: 'true'", 'that instead of only'],
  ])('one with %s', (_, before, after, how) => {
    const id = /id: ([\w-]+)/.exec(before)![1];
    expect(inside(before, after)).toEqual([`${id} of desk: ${how}`]);
  });

  test('nothing by another name for what it names', () => {
    const renamed = PARTS.replaceAll('payments', 'payouts').replaceAll('inbox', 'mailbox');
    const after = NEVER.replace('payments', 'payouts').replace('inbox', 'mailbox');
    expect(inside(NEVER, after, renamed)).toEqual([]);
    expect(inside(ONLY, ONLY.replace('payments', 'payouts'), renamed)).toEqual([]);
  });

  test('nothing by another file, and all of it where the file beside is gone', () => {
    const base = { texts: [desk([])], assertions: beside(NEVER, `system: desk, ${ONLY}`) };
    expect(worse(base, { texts: [desk([NEVER, ONLY])] })).toEqual([]);
    expect(worse(base, { texts: [desk([])] })).toEqual([
      'just-approves of desk: removed (gone)',
      'stays-human of desk: removed (gone)',
    ]);
  });

  test('a system that it is not for any more; one line for several', () => {
    const texts = [desk([]), desk([], PARTS.replaceAll('payer', 'cashier'), 'till')];
    const base = { texts, assertions: beside(NEVER) };
    expect(worse(base, { texts, assertions: beside(`system: desk, ${NEVER}`) })).toEqual([
      'stays-human of till: removed (gone)',
    ]);
    expect(worse(base, { texts })).toEqual(['stays-human of desk, till: removed (gone)']);
    expect(
      worse(
        { texts: [texts[0]!, desk([ONLY], 'agents: { payer: {} }\ntools: { payments: {} }\n', 'third')] },
        { texts: [texts[0]!] },
      ),
    ).toEqual(['just-approves of third: gone with its description (gone)']);
  });
});
