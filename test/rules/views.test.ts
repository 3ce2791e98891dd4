import { expect, test } from 'vitest';
import type { Component } from '../../src/model/system.ts';
import { check } from '../../src/rules/cel.ts';
import { worldOf } from '../../src/rules/evaluate.ts';
import { contextOf } from '../../src/rules/rule-tests.ts';
import { component, VIEW_TYPES, viewers } from '../../src/rules/views.ts';
import { systemOf, vocabulary } from '../support/pack.ts';

const system = systemOf({
  maestro: '1',
  system: { name: 'shop', owner: 'sales' },
  agents: {
    clerk: { owner: 'orders', version: '2.10', identity: { principal: 'role/clerk', ttl: '1h' } },
    other: {},
  },
});
const world = worldOf(system, vocabulary, contextOf([]));
const view = (id: string) => component(world, system.byId.get(id) as Component);
const read = (id: string, expression: string) =>
  check(expression, { agent: 'Agent' }).run({ agent: view(id) });

test('fields read what was written, under the names of the schema', () => {
  expect(read('clerk', 'agent.id')).toBe('clerk');
  expect(read('clerk', 'agent.owner')).toBe('orders');
  expect(read('clerk', 'agent.version')).toBe('2.10');
  expect(read('clerk', 'agent.identity.principal')).toBe('role/clerk');
  expect(read('clerk', 'agent.identity.ttl')).toBe(3600);
});

test('what nobody wrote reads as the empty value', () => {
  expect(read('other', 'agent.owner')).toBe('');
  expect(read('other', 'agent.identity.principal')).toBe('');
  expect(read('other', 'agent.tools')).toEqual([]);
  expect(read('other', 'agent.declared("owner")')).toBe(false);
});

test('no field of any type has the name of something that views keep for themselves', () => {
  const own = Object.keys(view('clerk'));
  expect(own.length).toBeGreaterThan(0);
  for (const [name, { fields }] of VIEW_TYPES) {
    expect(
      Object.keys(fields).filter((field) => own.includes(field) || ['enforces', 'declared'].includes(field)),
      name,
    ).toEqual([]);
  }
});

test('the whole system and a node of the graph are asked for controls as anything else', () => {
  const guarded = systemOf({
    maestro: '1',
    system: { name: 'shop' },
    agents: {
      clerk: { identity: { principal: 'shared' }, controls: { kill_switch: true } },
      other: { identity: { principal: 'shared' } },
    },
    controls: { red_teaming: true },
  });
  const around = worldOf(guarded, vocabulary, contextOf([]));
  const { graph } = around;
  const ask = (type: string, it: unknown, control: string) =>
    check(`x.enforces("${control}")`, { x: type }).run({ x: viewers.view(around, type, it, {}, '') });
  expect(ask('System', guarded, 'red_teaming')).toBe(true);
  expect(ask('System', guarded, 'kill_switch')).toBe(false);
  expect(ask('Node', graph.of.get('clerk'), 'kill_switch')).toBe(true);
  expect(ask('Node', graph.of.get('other'), 'kill_switch')).toBe(false);
  expect(
    ask(
      'Node',
      graph.nodes.find((node) => node.component === null),
      'kill_switch',
    ),
  ).toBe(false);
});

test('what no control stands on is not asked for one, and what is not written is not asked for keys', () => {
  const refused = (expression: string) => {
    const type = expression.split('.')[0]!;
    expect(() => check(expression.replace(type, 'x'), { x: type }), expression).toThrow(/overload/);
  };
  for (const type of ['Claim', 'Evidence', 'Text', 'Group', 'Path'])
    for (const asked of ['enforces', 'declared']) refused(`${type}.${asked}("kill_switch")`);
  refused('Approval.enforces("human_approval")');
  expect(check('x.declared("by")', { x: 'Approval' }).type).toBe('bool');
});

test('who approves is read where it is written: on a grant, on an action, on a flow', () => {
  const approval = (who: string | string[]) => ({ approval: { by: 'human', who } });
  const approved = systemOf({
    maestro: '1',
    system: { name: 'shop' },
    actors: { boss: { kind: 'operator' }, audit: { kind: 'operator' }, guest: { kind: 'user' } },
    agents: { clerk: { tools: { bank: approval(['boss', 'audit']), till: {} } } },
    tools: { bank: {}, till: { actions: { pay: approval('boss') } } },
    flows: [{ from: 'guest', to: 'clerk', ...approval('guest') }],
  });
  const around = worldOf(approved, vocabulary, contextOf([]));
  const who = (type: string, names: Readonly<Record<string, unknown>>) =>
    check('x.approval.who.map(c, c.id)', { x: type }).run(names);
  const [bank] = approved.byId.get('clerk')!.out.get('tools')!;
  expect(who('Grant', { x: viewers.edge(around, bank!, 'Grant') })).toEqual(['audit', 'boss']);
  expect(who('Flow', { x: viewers.edge(around, approved.flows[0]!, 'Flow') })).toEqual(['guest']);
  const [pay] = approved.byId.get('till')!.actions;
  expect(who('Action', { x: component(around, pay!) })).toEqual(['boss']);
});
