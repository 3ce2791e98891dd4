import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadText } from '../../src/model/load.ts';
import type { System } from '../../src/model/system.ts';
import type { Data, DataMap } from '../../src/model/yaml.ts';
import { evaluate } from '../../src/rules/evaluate.ts';
import { edited, inOrder } from '../../src/rules/mutate/apply.ts';
import { type Mutant, nameOf } from '../../src/rules/mutate/mutant.ts';
import { mutantsOf, OPERATORS } from '../../src/rules/mutate/operators.ts';
import { type Equivalent, type Judge, prove, said } from '../../src/rules/mutate/proof.ts';
import { mutated } from '../../src/rules/mutate/trial.ts';
import { contextOf } from '../../src/rules/rule-tests.ts';
import { HOME } from '../support/cli.ts';
import { rules, systemOf, vocabulary } from '../support/pack.ts';

const NAME = 'test/golden/mutate/payments.maestro.yaml';
const text = readFileSync(join(HOME, NAME), 'utf8');
const systemFrom = (yaml: string): System => {
  const loaded = loadText('maestro.yaml', yaml);
  if (loaded.is !== 'system') throw new Error(JSON.stringify(loaded));
  return loaded.system;
};
const payments = systemFrom(text);
const all = mutantsOf(payments);
const of = (operator: string): Mutant[] => all.filter((mutant) => mutant.operator === operator);

/** What each operator makes of that file: the names of its mutants, and what one of them changed. */
const MADE: Readonly<Record<string, readonly string[]>> = {
  'control-removed': [
    'clerk controls.mfa',
    'ledger controls.role_based_access',
    'payer controls.kill_switch',
    'system controls.change_review',
  ],
  'evidence-missing': ['payer controls.kill_switch.evidence.0', 'payer controls.kill_switch.evidence.1'],
  'limit-removed': ['payer → bank limits.per_day'],
  'allow-list-removed': ['payer → bank allow.recipients'],
  'approval-removed': ['bank.refund approval', 'payer → bank approval'],
  'approver-replaced': ['bank.refund approval', 'payer → bank approval'],
  'grant-widened': ['payer → bank actions'],
  'auth-removed': ['clerk auth', 'payer → bank auth', 'clerk → bank auth'],
  'token-forwarded': ['payer → bank auth.token'],
  'secret-in-code': ['payer → bank auth.secret_in', 'payer identity.secret_in'],
  'identity-shared': ['checker identity.principal', 'payer identity.principal'],
  'identity-removed': ['checker identity', 'payer identity'],
  'version-floating': ['bank version', 'llm version'],
  'digest-removed': ['llm weights.digest', 'cluster image'],
  'card-unsigned': ['payer card.signed'],
  'boundary-moved': ['clerk boundary', 'cluster boundary', 'ledger boundary'],
  'zone-opened': ['office trust'],
  exposed: ['cluster exposure'],
  'egress-opened': ['cluster egress'],
  'traffic-cleared': ['bank transport', 'clerk → bank protocol'],
  'region-left': ['ledger region'],
  'cover-removed': ['gate covers.payer'],
  'watch-removed': ['trail observes.payer'],
  'record-dropped': ['trail records.auth', 'trail records.tool-calls'],
  'retention-removed': ['ledger retention'],
};

describe('operators', () => {
  test.each(OPERATORS.map(({ id }) => id))('%s', (id) => {
    expect(of(id).map((mutant) => said(mutant).slice(id.length + 1))).toEqual(MADE[id]);
    const before = JSON.stringify(payments.origin.data);
    for (const mutant of of(id)) {
      const system = mutated(payments, [mutant]);
      expect(system, said(mutant)).not.toBeNull();
      expect(JSON.stringify(system!.origin.data), said(mutant)).not.toBe(before);
    }
    expect(JSON.stringify(payments.origin.data), 'nothing given is changed').toBe(before);
  });

  test('have names of their own, and stand on the page', () => {
    const page = readFileSync(join(HOME, 'docs/mutation.md'), 'utf8');
    const listed = [...page.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(([, id, does]) => ({ id, does }));
    expect(listed).toEqual(OPERATORS.map(({ id, does }) => ({ id, does })));
    expect(new Set(OPERATORS.map(({ id }) => id)).size).toBe(OPERATORS.length);
  });

  test('say what they did', () => {
    const data = (mutant: Mutant) => mutated(payments, [mutant])!.origin.data as Record<string, DataMap>;
    const [limit] = of('limit-removed');
    expect(limit!.says).toBe('limits.per_day: 1000 USD removed');
    const [first, second] = of('evidence-missing').map(
      (mutant) => (data(mutant)['agents']!['payer'] as Record<string, DataMap>)['controls']!['kill_switch'],
    );
    const gone = 'no-such-evidence.maestro-mutation';
    expect(first).toEqual({ evidence: [gone, { file: 'stop.md', contains: 'stop' }] });
    expect(second).toEqual({ evidence: ['stop.md', { file: gone, contains: 'stop' }] });
    expect(of('grant-widened')[0]!.says).toBe('actions: [pay] became all');
    expect(of('boundary-moved')[0]!.says).toBe('boundary: office became untrusted (internet)');
    expect((data(of('watch-removed')[0]!)['observability']!['trail'] as DataMap)['observes']).toEqual([]);
    expect((data(of('cover-removed')[0]!)['security']!['gate'] as DataMap)['covers']).toBeUndefined();
  });

  test('leave alone what protects nothing', () => {
    const bare = systemFrom(`maestro: 1
system: { name: bare }
boundaries: { internet: { trust: untrusted } }
agents: { a: { auth: none, exposure: public, boundary: internet, tools: [t], controls: { kill_switch: planned } } }
tools: { t: { version: latest, transport: http } }
infrastructure: { h: { egress: any } }
`);
    expect(mutantsOf(bare)).toEqual([]);
  });

  test('an anchor is changed in each place alone', () => {
    const system = systemFrom(`maestro: 1
system: { name: twins }
agents: { a: { controls: &c { kill_switch: true } }, b: { controls: *c } }
`);
    const [first] = mutantsOf(system);
    const agents = (mutated(system, [first!])!.origin.data as Record<string, DataMap>)['agents'];
    expect(agents).toEqual({ a: { controls: {} }, b: { controls: { kill_switch: true } } });
  });

  test('a zone is added where nobody is untrusted', () => {
    const system = systemFrom(
      'maestro: 1\nsystem: { name: s }\nboundaries: { b: { trust: internal } }\nagents: { a: { boundary: b } }\n',
    );
    const moved = mutantsOf(system).find(({ operator }) => operator === 'boundary-moved')!;
    const built = mutated(system, [moved])!;
    expect(built.byId.get('a')!.out.get('boundary')![0]!.to.raw).toEqual({ trust: 'untrusted' });
  });
});

test('edits of one list do not move each other', () => {
  const origin = payments.origin;
  const edits = ['0', '10', '2'].map((i) => ({ origin, path: ['l', i], value: undefined }));
  const list = Array.from({ length: 12 }, (_, i) => String(i));
  const left = inOrder(edits).reduce<Data>((data, { path, value }) => edited(data, path, value), { l: list });
  expect(left).toEqual({ l: list.filter((_, i) => ![0, 2, 10].includes(i)) });
});

describe('proof', () => {
  const judge: Judge = (system) => evaluate(system, rules, vocabulary, contextOf([]));
  const anchor = { origin: payments.origin, path: [] };
  const TWO = systemFrom(`maestro: 1
system: { name: two }
agents: { a: { autonomy: bounded, controls: { kill_switch: true } } }
controls: { kill_switch: true, sbom: true }
`);
  const only = (id: string): Judge => {
    const one = rules.filter((rule) => rule.id === id);
    return (system) => evaluate(system, one, vocabulary, contextOf([]));
  };
  const stop = (on: readonly string[]) => ({ operator: 'control-removed', on, key: 'controls.kill_switch' });
  const entry = (more: Partial<Equivalent> = {}): Equivalent => ({
    ...stop(['a']),
    partners: [stop([])],
    reason: 'The system has one for all',
    anchor,
    ...more,
  });
  const outcomes = (equivalents: readonly Equivalent[], system = TWO, run = only('kill-switch-missing')) => {
    const { tried, wrong } = prove(system, run, equivalents);
    return {
      tried: tried.map(({ mutant, outcome, by }) => [said(mutant), outcome, by.join()]),
      wrong: wrong.map(({ message }) => message),
    };
  };

  test('a control that nothing else replaces is noticed', () => {
    const { tried } = prove(payments, judge, []);
    const stopped = tried.find(({ mutant }) => nameOf(mutant) === nameOf(stop(['payer'])));
    expect(stopped).toMatchObject({ outcome: 'noticed', by: ['kill-switch-missing'] });
  });

  test('two locks on one door: either may go, and not both', () => {
    const wide = systemFrom(`maestro: 1
system: { name: two }
agents: { a: { autonomy: bounded, controls: { kill_switch: true } } }
security: { s: { kind: gateway, covers: a, controls: { kill_switch: true } } }
`);
    const { tried } = prove(wide, only('kill-switch-missing'), []);
    const names = tried.map(({ mutant, outcome }) => `${said(mutant)}: ${outcome}`);
    expect(names).toContain('control-removed a controls.kill_switch: survived');
    const cover = { operator: 'cover-removed', on: ['s'], key: 'covers.a' };
    const listed = outcomes([entry({ partners: [cover] })], wide);
    expect(listed.wrong).toEqual([]);
    expect(listed.tried).toContainEqual([
      'control-removed a controls.kill_switch',
      'equivalent',
      'kill-switch-missing',
    ]);
  });

  test('entries that do not hold', () => {
    const held = systemFrom(`maestro: 1
system: { name: held }
agents: { a: { autonomy: bounded, controls: { kill_switch: true, step_limit: 3 } } }
`);
    const wrong = (more: Partial<Equivalent>, system = held) => outcomes([entry(more)], system).wrong;
    const step = { operator: 'control-removed', on: ['a'], key: 'controls.step_limit' };
    expect(wrong({ partners: [step] })).toEqual([
      'is not needed: kill-switch-missing notices the change by itself',
    ]);
    expect(wrong({ ...step, partners: [stop(['b'])] })).toEqual([
      'names a partner that is not there: control-removed b controls.kill_switch',
    ]);
    expect(wrong({ ...step, on: ['z'], partners: [stop(['a'])] })).toEqual([
      'names a change that nobody can make here any more',
    ]);
    // The partner alone is noticed: that says nothing of the change.
    expect(wrong({ ...step, partners: [stop(['a'])] })).toEqual([
      'is not noticed either when its partners go too',
    ]);
    expect(wrong({ ...step, partners: [step] })).toEqual(['is not noticed either when its partners go too']);
    const twice = entry({ ...step, partners: [stop(['a'])] });
    expect(outcomes([twice, { ...twice }], held).wrong).toContain('is listed twice');
    expect(outcomes([entry({ ...step, partners: [stop(['a'])] })], held).tried).toContainEqual([
      'control-removed a controls.step_limit',
      'survived',
      '',
    ]);
  });

  test('that a check cannot judge any more is no proof', () => {
    const doubtful: Judge = (system) => ({
      hits: [],
      doubts: system.byId.get('a')!.raw['controls']
        ? []
        : [{ rule: rules[0]!, subject: ['a'], facts: ['x'], anchor }],
    });
    const system = systemOf({
      maestro: '1',
      system: { name: 's' },
      agents: { a: { identity: { principal: 'p' } } },
    });
    expect(outcomes([], system, doubtful).tried).toEqual([['identity-removed a identity', 'survived', '']]);
    const seen: Judge = (each) => (each === system ? { hits: [], doubts: [] } : doubtful(each));
    expect(outcomes([], system, seen).tried).toEqual([['identity-removed a identity', 'unjudged', '']]);
  });

  test('what the language refuses counts for nothing', () => {
    const { tried } = prove(payments, only('kill-switch-missing'), []);
    expect(tried.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
    const broken: Mutant = {
      ...of('exposed')[0]!,
      edits: [{ origin: payments.origin, path: ['agents'], value: '5' }],
    };
    expect(mutated(payments, [broken])).toBeNull();
    const dangling: Mutant = {
      ...broken,
      edits: [{ ...broken.edits[0]!, path: ['agents', 'payer', 'models'], value: 'nobody' }],
    };
    expect(mutated(payments, [dangling])).toBeNull();
  });
});
