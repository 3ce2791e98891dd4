import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/rules/evaluate.ts';
import type { Rule } from '../../src/rules/hit.ts';
import { builtInPack } from '../../src/rules/pack.ts';
import { contextOf } from '../../src/rules/rule-tests.ts';
import { findFact } from '../../src/rules/trace-fact.ts';
import { type FindingTrace, traceFinding } from '../../src/rules/trace-finding.ts';
import type { Observation } from '../../src/rules/trace-observe.ts';
import { withEdit } from '../../src/rules/trial.ts';
import { dataOf, ruleFiles, systemOf, vocabulary } from '../support/pack.ts';

const compiled = builtInPack();
const context = contextOf([]);

/** Traces of everything that a rule finds in a description. */
function tracesOf(rule: Rule, data: Parameters<typeof systemOf>[0], words = vocabulary): FindingTrace[] {
  const system = systemOf(data);
  const { hits } = evaluate(system, [rule], words, context);
  return hits.map((_, i) => traceFinding(system, rule, words, context, (result) => result.hits[i])!);
}

/** A trace without what tells two runs apart: files are other objects, expressions other functions. */
const plain = ({ hit, looked, asked, path }: FindingTrace): string =>
  JSON.stringify([hit.subject, looked, asked, path], (key, value) => (key === 'origin' ? undefined : value));

const names = (observations: readonly Observation[]): string[] =>
  observations.flatMap((each) =>
    each.is === 'step'
      ? [each.text]
      : [`${each.name} = ${each.value}`, ...(each.is === 'derived' ? names(each.because) : [])],
  );

const cases = ruleFiles.flatMap(({ name, rule, tests }) =>
  tests.filter(({ finds }) => finds.length > 0).map((each) => ({ name, rule: rule!, test: each })),
);

describe('what was looked at', () => {
  test('is the same for rules that were compiled and for rules that the engine runs', () => {
    let count = 0;
    for (const { rule, test: each } of cases) {
      const twin = compiled.rules.find(({ id }) => id === rule.id)!;
      const run = tracesOf(rule, dataOf(each)).map(plain);
      expect(tracesOf(twin, dataOf(each), compiled.vocabulary).map(plain), each.name).toEqual(run);
      count += run.length;
    }
    expect(count).toBeGreaterThan(40);
  });

  test('is never nothing: each finding rests on a fact or on a control', () => {
    for (const { rule, test: each } of cases)
      for (const { looked, asked } of tracesOf(rule, dataOf(each)))
        expect(looked.length + asked.length, `${rule.id}: ${each.name}`).toBeGreaterThan(0);
  });

  test('names facts as unknown facts are named, and each of those can be looked up', () => {
    for (const { rule, test: each } of cases) {
      const system = systemOf(dataOf(each));
      const { doubts } = evaluate(system, [rule], vocabulary, context);
      for (const fact of doubts.flatMap(({ facts }) => facts))
        expect(findFact(system, fact), fact).not.toBeNull();
    }
  });

  test('holds undeclared facts too, and the first of several places that could say something', () => {
    const rule = compiled.rules.find(({ id }) => id === 'agent-channel-unauthenticated')!;
    const [trace] = tracesOf(rule, {
      maestro: '1',
      system: { name: 'a' },
      agents: { a: { delegates_to: 'b' }, b: { protocol: 'a2a@1.0' } },
    });
    expect(names(trace!.looked)).toEqual([
      'a.type = agent',
      'b.type = agent',
      'a.delegates_to.b.crosses_process = true',
      'a.delegates_to.b.protocol = undefined',
      'b.protocol = a2a@1.0',
      'a.delegates_to.b.auth = undefined',
      'b.auth = undefined',
    ]);
  });

  test('says of what half the system decides by which way it comes about', () => {
    const rule = compiled.rules.find(({ id }) => id === 'lethal-trifecta')!;
    const [trace] = tracesOf(rule, {
      maestro: '1',
      system: { name: 'a' },
      boundaries: { net: { trust: 'untrusted' } },
      actors: { posts: { kind: 'content', boundary: 'net' } },
      data: { index: { ingests: 'posts' }, cases: { contains: ['pii'] } },
      agents: { a: { reads: ['index', 'cases'], tools: ['mail'] } },
      tools: { mail: { kind: 'email' } },
    });
    const [untrusted, secret] = trace!.looked as (Observation & { is: 'derived' })[];
    expect(names([untrusted!])).toEqual([
      'a.sees_untrusted = true',
      'an attacker writes posts in net',
      'posts.kind = content',
      'posts.boundary = net',
      'net.trust = untrusted',
      'index takes in posts',
      'a reads index',
    ]);
    expect(names([secret!])).toEqual(['a.reads_private = true', 'a reads cases', 'cases.contains = pii']);
  });

  test('is about one member alone where a rule goes through a list', () => {
    const rule = compiled.rules.find(({ id }) => id === 'control-contradicts-fact')!;
    const host = { kind: 'kubernetes', egress: 'any', controls: { egress_filtering: true } };
    const traces = tracesOf(rule, {
      maestro: '1',
      system: { name: 'a' },
      infrastructure: { x: host, y: host },
    });
    expect(traces.map(({ looked }) => names(looked).map((name) => name.split('.')[0]))).toEqual([
      expect.not.arrayContaining(['y']),
      expect.not.arrayContaining(['x']),
    ]);
    expect(names(traces[0]!.looked)).toContain('x.egress = any');
  });
});

describe('what closes a finding', () => {
  test('does so when the edit is made, and nothing else that is offered does not', () => {
    const rule = compiled.rules.find(({ id }) => id === 'lethal-trifecta')!;
    const data = {
      maestro: '1',
      system: { name: 'a' },
      boundaries: { net: { trust: 'untrusted' } },
      actors: { posts: { kind: 'content', boundary: 'net' } },
      data: { cases: { contains: ['pii'] } },
      agents: { a: { reads: ['posts', 'cases'], tools: { mail: { actions: ['send', 'forward'] } } } },
      tools: { mail: { actions: { send: { effect: 'send' }, forward: { effect: 'send' } } } },
    };
    const [trace] = tracesOf(rule, data);
    const closing = trace!.asked.flatMap(({ control, places }) =>
      places.filter(({ closes }) => closes).map(({ who }) => `${control} on ${who}`),
    );
    expect([...new Set(closing)]).toEqual([
      'human_approval on a → mail',
      'human_approval on a',
      'allow_list on a → mail',
      'allow_list on mail',
      'dlp on a → mail',
      'dlp on mail',
      'dlp on a',
      'context_separation on a',
    ]);
    const system = systemOf(data);
    const hitsWith = (path: string[], control: string) =>
      evaluate(
        withEdit(system, { origin: system.origin, path }, { controls: { [control]: true } })!,
        [rule],
        compiled.vocabulary,
        context,
      ).hits.length;
    expect(hitsWith(['agents', 'a', 'tools', 'mail'], 'dlp')).toBe(0);
    // One of two ways out is not enough, so it is not offered.
    expect(hitsWith(['agents', 'a', 'tools', 'mail', 'actions', 'send'], 'dlp')).toBe(1);
  });
});

test('a trial changes nothing of the system it is made on', () => {
  const system = systemOf({ maestro: '1', system: { name: 'a' }, agents: { a: {} } });
  const before = JSON.stringify(system.origin.data);
  const edited = withEdit(system, { origin: system.origin, path: ['agents', 'a'] }, { autonomy: 'suggest' })!;
  expect(edited.byId.get('a')!.raw).toEqual({ autonomy: 'suggest' });
  expect(JSON.stringify(system.origin.data)).toBe(before);
  expect(system.byId.get('a')!.raw).toEqual({});
});

test('facts are found by the names of unknown facts', () => {
  const system = systemOf({
    maestro: '1',
    system: { name: 'a' },
    agents: { a: { delegates_to: 'b', tools: ['t'], identity: { credential: 'api-key' } }, b: {} },
    tools: { t: {}, u: { actions: { go: { effect: 'read' } } } },
  });
  const at = (name: string) => {
    const fact = findFact(system, name);
    return fact && [...fact.at.path, ...fact.keys].join('.');
  };
  expect(at('a.autonomy')).toBe('agents.a.autonomy');
  expect(at('a.identity.credential')).toBe('agents.a.identity.credential');
  expect(at('a.delegates_to.b.protocol')).toBe('agents.a.delegates_to.b.protocol');
  expect(at('t.call.effect')).toBe('tools.t.actions.call.effect');
  expect(at('u.go.effect')).toBe('tools.u.actions.go.effect');
  expect(at('system.criticality')).toBe('system.criticality');
  for (const name of ['a', 'a.nonsense', 'x.autonomy', 'a.delegates_to.c.protocol', 'a.autonomy.more', ''])
    expect(findFact(system, name), name).toBeNull();
  expect(findFact(system, 'a.identity.credential')!.value).toBe('api-key');
});
