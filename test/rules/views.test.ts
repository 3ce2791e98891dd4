import { expect, test } from 'vitest';
import type { Component } from '../../src/model/system.ts';
import { check } from '../../src/rules/cel.ts';
import { worldOf } from '../../src/rules/evaluate.ts';
import { contextOf } from '../../src/rules/rule-tests.ts';
import { component, VIEW_TYPES } from '../../src/rules/views.ts';
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
