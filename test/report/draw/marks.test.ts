import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/finding/finding.ts';
import { marked } from '../../../src/report/draw/marks.ts';
import { finding, pathFinding, step } from '../verdict-fixture.ts';
import { arrowOf, drawn, edgeOf, GROUPS, markedDesk, nodeOf } from './fixture.ts';

const desk = markedDesk();

test('a finding marks its component, the worst first', () => {
  expect(nodeOf(desk, 'payer').marks).toEqual([
    { severity: 'high', rule: 'agent-identity-missing' },
    { severity: 'medium', rule: 'kill-switch-missing' },
    { severity: 'low', rule: 'identity-shared' },
  ]);
});

test('one about an action marks the tool', () =>
  expect(nodeOf(desk, 'bank').marks).toEqual([{ severity: 'critical', rule: 'stranger-moves-money' }]));

test('one about two ends marks the edge; one about a group its members', () => {
  expect(edgeOf(desk, 'intake', 'payer').marks).toEqual([
    { severity: 'high', rule: 'agent-channel-unauthenticated' },
  ]);
  expect(nodeOf(desk, 'intake').marks).toEqual([{ severity: 'low', rule: 'identity-shared' }]);
});

test('one about the whole is told below the picture', () =>
  expect(desk.notes).toEqual(['low: review-overdue, of the whole system']));

test('the same rule twice at one place is one mark', () => {
  const twice = [finding({ subject: ['payer'] }), finding({ subject: ['payer'], fingerprint: 'f3' })];
  expect(nodeOf(marked(drawn(), twice, GROUPS), 'payer').marks).toHaveLength(1);
});

describe('the worst attack path', () => {
  const walked = (...nodes: string[]) => {
    const steps = nodes.map((node) => step(node, `to ${node}`, 'intake'));
    return marked(drawn(), [pathFinding({ steps })], GROUPS);
  };
  const taken = (drawing: ReturnType<typeof drawn>) =>
    drawing.edges.filter(({ steps }) => steps.length > 0).map((edge) => `${edge.steps} ${arrowOf(edge)}`);

  test('is numbered at components and on the edges that lead there', () => {
    expect(nodeOf(desk, 'inbox').steps).toEqual([1]);
    expect(nodeOf(desk, 'bank').steps).toEqual([4]);
    expect(taken(desk)).toEqual([
      '2 inbox → intake: read',
      '3 intake → payer: delegates',
      '4 payer ↔ bank: look, pay',
    ]);
    expect(desk.path?.steps).toHaveLength(4);
  });

  test('runs along the arrows: where it goes against one, that gets a second head', () => {
    expect(taken(walked('payer', 'intake'))).toEqual(['2 intake ↔ payer: delegates']);
    expect(taken(walked('intake', 'guard'))).toEqual(['2 intake → guard: covers']);
    expect(taken(walked('guard', 'intake'))).toEqual(['2 guard → intake: covers']);
  });

  test('leads through the tool by which an agent reads', () => {
    expect(taken(walked('claims', 'bank.look'))).toEqual(['2 claims → bank: look']);
    const through = drawn(
      'maestro: 1\nsystem: { name: a }\nagents: { a: { tools: t } }\ndata: { s: {} }\ntools: { t: { kind: api, actions: { r: { effect: read, targets: s } } } }\n',
    );
    const steps = [step('s', 'one', 'intake'), step('a', 'two', 'intake')];
    expect(taken(marked(through, [pathFinding({ steps })], GROUPS))).toEqual(['2 s → t: r', '2 t → a: r']);
  });

  test('gets an edge of its own where nobody declared one', () => {
    expect(taken(walked('staff', 'ledger'))).toEqual(['2 staff → ledger: ']);
  });

  test('passes over what is no component, such as an account that agents share', () => {
    expect(taken(walked('intake', 'identity role/x', 'payer'))).toEqual(['3 intake → payer: delegates']);
  });

  test('is the worst of several, wherever they are written', () => {
    const one: Finding = pathFinding({ severity: 'high', rule: 'a-rule' });
    const two: Finding = pathFinding({ severity: 'critical', rule: 'z-rule' });
    for (const findings of [
      [one, two],
      [two, one],
    ])
      expect(marked(drawn(), findings, GROUPS).path?.rule).toBe('z-rule');
  });
});
