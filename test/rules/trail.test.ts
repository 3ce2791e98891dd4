import { describe, expect, test } from 'vitest';
import { loadText } from '../../src/model/load.ts';
import type { Component, System } from '../../src/model/system.ts';
import type { Data } from '../../src/model/yaml.ts';
import { worldOf } from '../../src/rules/evaluate.ts';
import { contextOf } from '../../src/rules/rule-tests.ts';
import type { Answer, Subject } from '../../src/rules/subject.ts';
import type { Look, Trail } from '../../src/rules/trail.ts';
import type { World } from '../../src/rules/world.ts';
import { DESCRIPTIONS } from '../support/descriptions.ts';
import { dataOf, ruleFiles, systemOf, vocabulary } from '../support/pack.ts';

const world = (system: System): World => worldOf(system, vocabulary, contextOf([]));

/** Everything that can be asked for a control. */
const subjectsOf = ({ system, permitsOf }: { system: System; permitsOf: World['permitsOf'] }): Subject[] =>
  system.components.flatMap((component): Subject[] => {
    const edges = [...component.out.values()].flat();
    const permits = edges.filter(({ key }) => key === 'tools').flatMap((edge) => permitsOf(edge));
    return [component, ...component.actions, ...edges, ...permits];
  });

const systems: [string, System][] = [
  ...DESCRIPTIONS.map(({ name, text }): [string, System] => {
    const loaded = loadText(name, text);
    if (loaded.is !== 'system') throw new Error(`${name} is no description`);
    return [name, loaded.system];
  }),
  ...ruleFiles.map(({ name, tests }): [string, System] => [name, systemOf(dataOf(tests[0]!))]),
];

/** What the last place says that was looked at; a search that found nothing says nothing. */
function said(looks: readonly Look[]): { holds: boolean; denied: boolean } {
  const last = looks.at(-1);
  if (last?.is === 'fact') return { holds: last.holds, denied: false };
  if (last?.is === 'asked' && !last.aside)
    return last.looks.length > 0 ? said(last.looks) : pick(last.answer);
  if (last?.is === 'controls' && last.value !== undefined) {
    const denied = [false, null, 'planned', 'false'].includes(statusOf(last.value) as never);
    // What covers something only ever lends.
    return { holds: !denied, denied: denied && last.by !== 'covered' };
  }
  return { holds: false, denied: false };
}

const statusOf = (value: Data): Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value['status'] ?? true) : value;

describe.each(systems)('%s', (_, system) => {
  const asked = world(system);
  const traced = world(system);
  const subjects = subjectsOf({ system, permitsOf: (grant) => asked.permitsOf(grant) });

  test('a trail ends with the answer that rules get', () => {
    for (const subject of subjects) {
      for (const control of vocabulary.keys()) {
        const answer = asked.enforcement.ask(subject, control);
        const trail = traced.enforcement.trail(subject, control);
        expect(trail.answer, control).toEqual(answer);
        expect(said(trail.looks), `${control}: ${JSON.stringify(answer)}`).toEqual(pick(answer));
      }
    }
  });
});

const pick = ({ holds, denied }: Answer) => ({ holds, denied });

/** `host box [controls box]`: who was asked, in order, with what their own searches looked at inside. */
const told = ({ looks }: Pick<Trail, 'looks'>): string[] => looks.map(one);

function one(look: Look): string {
  switch (look.is) {
    case 'controls':
      return `${look.by} ${look.of ? idOf(look.of) : 'system'}${look.value === undefined ? '' : ` ${JSON.stringify(look.value)}`}`;
    case 'fact':
      return `fact ${idOf(look.of)} ${look.expression === null ? 'none' : look.holds}`;
    case 'asked':
      return `${look.by} ${look.of.id}${look.aside ? ' aside' : ''} [${told(look).join(', ')}]`;
    case 'unfit':
      return `${look.by} ${look.of?.id ?? 'system'} never`;
    case 'nobody':
      return `no ${look.by}`;
  }
}

const idOf = (subject: Subject): string =>
  'grant' in subject
    ? `${subject.grant.from.id}>${subject.action.id}`
    : 'from' in subject
      ? `${subject.from.id}>${subject.to.id}`
      : subject.id;

describe('the order', () => {
  const system = systemOf({
    maestro: '1',
    system: { name: 'order' },
    agents: {
      caller: {
        auth: 'mtls',
        delegates_to: { callee: { auth: 'api-key' } },
        tools: { bank: { actions: ['pay'] } },
      },
      callee: { auth: 'mtls', runs_on: ['inner'], controls: { kill_switch: 'planned' } },
    },
    tools: { bank: { runs_on: 'inner', actions: { pay: { effect: 'pay' } } } },
    infrastructure: { outer: { controls: { rate_limit: true } }, inner: { within: 'outer' } },
    security: { front: { kind: 'gateway', covers: ['callee'], controls: { dlp: true } } },
    controls: { red_teaming: true },
  });
  const { enforcement, permitsOf } = (() => {
    const made = world(system);
    return { enforcement: made.enforcement, permitsOf: (edge: never) => made.permitsOf(edge) };
  })();
  const component = (id: string) => system.byId.get(id) as Component;
  const edge = (id: string, key: string) => component(id).out.get(key)![0]!;

  test('of a component: itself, a fact, what covers it, its hosts in turn, the whole system', () => {
    expect(told(enforcement.trail(component('callee'), 'rate_limit'))).toEqual([
      'own callee',
      'fact callee none',
      'covered front',
      'host inner [own inner, fact inner none, no covered, host outer [own outer true]]',
    ]);
    expect(told(enforcement.trail(component('inner'), 'kill_switch'))).toEqual([
      'own inner',
      'fact inner none',
      'no covered',
      'host outer [own outer, fact outer none, no covered, no host, system system]',
      'system system',
    ]);
  });

  test('who was asked before is not asked again', () => {
    const shared = systemOf({
      maestro: '1',
      system: { name: 'shared' },
      agents: { a: { runs_on: ['left', 'right'] } },
      infrastructure: { left: { within: 'outer' }, right: { within: 'outer' }, outer: {} },
    });
    const { looks } = world(shared).enforcement.trail(shared.byId.get('a') as Component, 'rate_limit');
    expect(told({ looks }).slice(3, 5)).toEqual([
      'host left [own left, fact left none, no covered, host outer [own outer, fact outer none, no covered, no host, system system], system system]',
      'host right [own right, fact right none, no covered, host outer [], system system]',
    ]);
  });

  test('what a caller demands of others says nothing of whom it calls, whatever that is and whatever the edge says', () => {
    const calls = systemOf({
      maestro: '1',
      system: { name: 'calls' },
      agents: {
        caller: {
          auth: 'mtls',
          reads: { vault: { auth: 'none' }, shelf: {} },
          delegates_to: { callee: { auth: 'none' } },
          models: { llm: { auth: 'none' } },
          tools: { bank: { auth: 'none' } },
        },
        callee: { auth: 'mtls' },
      },
      models: { llm: {} },
      tools: { bank: { auth: 'mtls' } },
      data: { vault: {}, shelf: {} },
    });
    const holds = (key: string, i = 0, control = 'mutual_authentication') => {
      const edge = (calls.byId.get('caller') as Component).out.get(key)![i]!;
      return world(calls).enforcement.ask(edge, control).holds;
    };
    for (const key of ['reads', 'delegates_to', 'models', 'tools']) expect(holds(key), key).toBe(false);
    expect(holds('reads', 1)).toBe(false);
    expect(holds('reads', 1, 'encryption_in_transit')).toBe(false);
    // Nobody demands otherwise: then the one who is called decides.
    const plain = systemOf({
      maestro: '1',
      system: { name: 'plain' },
      agents: { caller: { delegates_to: ['callee'] }, callee: { auth: 'mtls' } },
    });
    const [edge] = (plain.byId.get('caller') as Component).out.get('delegates_to')!;
    expect(world(plain).enforcement.ask(edge!, 'mutual_authentication')).toMatchObject({ holds: true });
  });

  test('`planned` ends the search', () => {
    expect(told(enforcement.trail(component('callee'), 'kill_switch'))).toEqual(['own callee "planned"']);
  });

  test('of a reference: itself, a fact, who is called, who calls; what is about their own callers does not count', () => {
    const trail = enforcement.trail(edge('caller', 'delegates_to'), 'mutual_authentication');
    expect(told(trail)).toEqual([
      'own caller>callee',
      'fact caller>callee false',
      'callee callee aside [own callee, fact callee true]',
      'caller caller aside [own caller, fact caller true]',
      'system system',
    ]);
    expect(trail.answer.holds).toBe(false);
  });

  test('of a granted action: itself, a fact, the whole grant, the action and its tool, the agent', () => {
    const [permit] = permitsOf(edge('caller', 'tools') as never);
    expect(told(enforcement.trail(permit!, 'allow_list'))).toEqual([
      'own caller>bank.pay',
      'fact caller>bank.pay false',
      'own caller>bank',
      'callee bank.pay [own bank.pay, fact bank.pay none, tool bank [own bank, fact bank none, no covered, host inner [own inner, fact inner none, no covered, host outer [own outer, fact outer none, no covered, no host, system system never], system system never], system system never]]',
      'caller caller never',
      'system system never',
    ]);
  });

  test('of the whole system: its own word alone', () => {
    expect(told(enforcement.trail(null, 'red_teaming'))).toEqual(['system system true']);
    expect(told(enforcement.trail(null, 'dlp'))).toEqual(['system system never']);
  });
});
