import { describe, expect, test } from 'vitest';
import { amountOf, compareAmounts } from '../../src/verdict/compare-strength.ts';
import { facts, sections } from '../support/compare.ts';

const desk = (grant: string, tool = ''): string =>
  sections(`
actors: { boss: { kind: operator } }
agents:
  trader: { autonomy: bounded, tools: { bank: ${grant} } }
tools:
  bank: { kind: payment, ${tool} actions: { pay: { effect: pay }, refund: { effect: pay }, look: { effect: read } } }
`);

describe('what agents may do', () => {
  test.each([
    ['{ actions: [look] }', '{ actions: [look, pay] }', ['wider trader bank: may also pay']],
    ['{ actions: [look, pay] }', '{ actions: [look] }', ['narrower trader bank: may no longer pay']],
    ['{ actions: [pay, look] }', '{ actions: { look: {}, pay: {} } }', []],
    ['{}', '{ actions: ["*"] }', []],
    [
      '{ actions: [look] }',
      '{}',
      [
        'wider trader bank: may use every action, also those that come later',
        'wider trader bank: may also pay, refund',
      ],
    ],
    ['{}', '{ actions: [look] }', ['narrower trader bank: may use no more than look']],
    [
      '{ actions: [pay], approval: human }',
      '{ actions: [pay] }',
      ['wider trader bank: pay: no approval by human any more'],
    ],
    [
      '{ actions: [pay] }',
      '{ actions: [pay], approval: policy }',
      ['narrower trader bank: pay: approval by policy'],
    ],
    [
      '{ actions: [pay], approval: human }',
      '{ actions: [pay], approval: second-agent }',
      ['wider trader bank: pay: approval by human → second-agent'],
    ],
    ['{ actions: [pay], approval: human }', '{ actions: { pay: { approval: { by: human } } } }', []],
    [
      '{ actions: { pay: { approval: { by: human, above: 100 USD } } } }',
      '{ actions: { pay: { approval: { by: human, above: 5000 USD } } } }',
      ['wider trader bank: pay: approval above 100 USD → 5000 USD'],
    ],
    [
      '{ actions: { pay: { approval: { by: human } } } }',
      '{ actions: { pay: { approval: { by: human, above: 100 USD } } } }',
      ['wider trader bank: pay: approval above nothing → 100 USD'],
    ],
    [
      '{ limits: { per_day: 50 USD, rate: 60/min } }',
      '{ limits: { per_day: 500 USD, rate: 1/s } }',
      ['wider trader bank: limit per_day 50 USD → 500 USD'],
    ],
    ['{ limits: { per_day: 50 USD } }', '{}', ['wider trader bank: no limit per_day any more (was 50 USD)']],
    ['{}', '{ limits: { per_call: 5 } }', ['narrower trader bank: limit per_call 5']],
    [
      '{ limits: { per_day: 50 USD } }',
      '{ limits: { per_day: 50 ETH } }',
      ['wider trader bank: limit per_day 50 USD → 50 ETH'],
    ],
    [
      '{ allow: { recipients: ["*@a.example"] } }',
      '{ allow: { recipients: ["*@a.example", "x@a.example", "*@b.example"] } }',
      ['wider trader bank: recipients also *@b.example'],
    ],
    [
      '{ allow: { recipients: ["*@a.example"] } }',
      '{ allow: { recipients: ["x@a.example"] } }',
      ['narrower trader bank: recipients no longer *@a.example'],
    ],
    ['{ allow: { hosts: [a.example] } }', '{}', ['wider trader bank: no allow list of hosts any more']],
    ['{}', '{ allow: { hosts: [a.example] } }', ['narrower trader bank: only the hosts a.example']],
    [
      '{ auth: mtls }',
      '{ auth: { method: api-key } }',
      ['wider trader bank: authenticated by mtls → api-key'],
    ],
    ['{ auth: { method: mtls } }', '{ auth: mtls }', []],
  ])('%s → %s', (before, after, expected) => {
    expect(facts(desk(before), desk(after))).toEqual(expected);
  });

  test('an authentication of its own that is gone leaves that of the tool', () => {
    expect(facts(desk('{ auth: api-key }', 'auth: mtls,'), desk('{}', 'auth: mtls,'))).toEqual([
      'narrower trader bank: authenticated by api-key → mtls',
    ]);
  });

  test('a tool more, a tool less, another autonomy', () => {
    const of = (agent: string) =>
      sections(`
agents: { trader: { ${agent} } }
tools: { mail: { kind: email }, bank: { kind: payment, actions: { pay: { effect: pay } } } }
`);
    expect(
      facts(
        of('autonomy: suggest, tools: [mail]'),
        of('autonomy: autonomous, tools: { bank: { actions: [pay] } }'),
      ),
    ).toEqual([
      'wider trader : autonomy suggest → autonomous',
      'wider trader bank: may use it: pay',
      'narrower trader mail: may no longer use it: every action',
    ]);
  });

  test('an action that a wildcard comes to allow', () => {
    const of = (actions: string) =>
      sections(`
agents: { trader: { tools: [bank] } }
tools: { bank: { kind: payment, actions: { ${actions} } } }
`);
    expect(facts(of('pay: {}'), of('pay: {}, drain: {}'))).toEqual(['wider trader bank: may also drain']);
  });

  test('what a new agent brings, and what one that is gone takes along', () => {
    const of = (agents: string) =>
      sections(`agents: { a: {}, ${agents} }\ntools: { mail: { kind: email } }\n`);
    expect(facts(of(''), of('b: { autonomy: bounded, tools: [mail] }'))).toEqual([
      'wider b mail: may use it: every action',
      'new b',
    ]);
    expect(facts(of('b: { autonomy: bounded, tools: [mail] }'), of(''))).toEqual([
      'narrower b mail: the agent is gone',
      'gone b',
    ]);
  });
});

describe('controls', () => {
  const of = (value: string) => sections(`agents: { a: { controls: { kill_switch: ${value} } } }\n`);
  const none = sections('agents: { a: {} }\n');
  test.each([
    [none, of('true'), ['control a kill_switch: added']],
    [of('true'), none, ['lost a kill_switch: removed']],
    [of('true'), of('false'), ['weaker a kill_switch: now false']],
    [of('true'), of('planned'), ['weaker a kill_switch: now planned']],
    [of('true'), of('{ status: planned }'), ['weaker a kill_switch: now planned']],
    [of('planned'), of('true'), ['control a kill_switch: added']],
    [of('planned'), none, []],
    [of('{ evidence: a.md }'), of('true'), ['weaker a kill_switch: evidence is gone']],
    [of('{ evidence: a.md }'), of('{ evidence: [b.md] }'), []],
    [of('{ last: 2026-01-01 }'), of('{ note: none }'), ['weaker a kill_switch: no longer tested']],
    [
      of('{ last: 2026-02-01 }'),
      of('{ last: 2026-01-01 }'),
      ['weaker a kill_switch: last tested 2026-02-01 → 2026-01-01'],
    ],
    [
      of('{ last: 2026-01-01, every: 90d }'),
      of('{ last: 2026-01-01, every: 1y }'),
      ['weaker a kill_switch: tested every 90d → 1y'],
    ],
    [of('60/min'), of('1/s'), []],
    [of('60/min'), of('{ value: 600/min }'), ['weaker a kill_switch: 60/min → 600/min']],
    [of('60/min'), of('true'), ['weaker a kill_switch: no longer says 60/min']],
    [of('60/min'), of('6/min'), []],
  ])('%#', (before, after, expected) => {
    expect(facts(before, after)).toEqual(expected);
  });

  test('of the whole system, of edges, flows, actions and zones', () => {
    const one = sections(`
controls: { red_teaming: true }
boundaries: { net: { trust: untrusted }, corp: { trust: internal } }
agents: { a: { reads: { kb: { controls: { pii_redaction: true } } }, tools: { bank: { actions: { pay: { controls: { human_approval: true } } } } } } }
data: { kb: { kind: files } }
tools: { bank: { kind: payment, actions: { pay: { controls: { rollback: true } } } } }
flows: [{ from: a, to: kb, controls: { encryption_in_transit: true } }]
`);
    const other = sections(`
boundaries: { net: { trust: restricted }, corp: { trust: internal } }
agents: { a: { reads: [kb], tools: [bank] } }
data: { kb: { kind: files } }
tools: { bank: { kind: payment, actions: [pay] } }
flows: [{ from: a, to: kb }]
`);
    expect(facts(one, other)).toEqual([
      'wider a bank: may use every action, also those that come later',
      'lost a kb pii_redaction: removed',
      'lost a bank.pay human_approval: removed',
      'lost bank.pay rollback: removed',
      'lost a kb encryption_in_transit: removed',
      'lost desk red_teaming: removed',
      'weaker net trust: untrusted → restricted',
    ]);
  });

  test('facts that protect: authentication, approval of an action, exposure, egress', () => {
    const one = sections(`
agents: { a: { exposure: private, auth: oidc, delegates_to: { b: { auth: mtls } } }, b: {} }
tools: { bank: { kind: payment, limits: { per_day: 5 USD }, actions: { pay: { approval: human } } } }
infrastructure: { box: { kind: vm, egress: none } }
`);
    const other = sections(`
agents: { a: { exposure: public, delegates_to: [b] }, b: {} }
tools: { bank: { kind: payment, actions: { pay: {} } } }
infrastructure: { box: { kind: vm, egress: any } }
`);
    expect(facts(one, other)).toEqual([
      'lost a auth: authenticated by oidc → not declared',
      'lost bank limits.per_day: no limit per_day any more (was 5 USD)',
      'lost bank.pay approval: no approval by human any more',
      'lost a b auth: authenticated by mtls → not declared',
      'weaker a exposure: private → public',
      'weaker box egress: none → any',
    ]);
  });

  test('nothing is said of what a component that is new or gone has', () => {
    const with_ = sections('agents: { a: {}, b: { autonomy: bounded, controls: { kill_switch: true } } }\n');
    expect(facts(none, with_)).toEqual(['new b']);
    expect(facts(with_, none)).toEqual(['gone b']);
  });
});

test('amounts in any unit of the language', () => {
  expect(amountOf('1,000.50 USD')).toEqual({ value: 1000.5, of: 'USD' });
  expect(amountOf('60/min')).toEqual({ value: 1, of: ' per time' });
  expect(amountOf('2h')).toEqual({ value: 7200, of: 'time' });
  expect(amountOf('forever')?.value).toBe(Number.POSITIVE_INFINITY);
  expect(amountOf('a lot')).toBeNull();
  expect(compareAmounts('1h', '60m')).toBe(0);
  expect(compareAmounts('2d', '1d')).toBeLessThan(0);
  expect(compareAmounts('60/min', '2/s')).toBeGreaterThan(0);
  expect(compareAmounts('5 USD', 'plenty')).toBeGreaterThan(0);
});
