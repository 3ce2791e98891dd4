import { describe, expect, it } from 'vitest';
import { mask } from '../../src/finding/secrets.ts';
import { atLeast, LAYERS } from '../../src/finding/severity.ts';
import type { Hit } from '../../src/rules/hit.ts';
import { builtInPack } from '../../src/rules/pack.ts';
import { runRuleTests } from '../../src/rules/rule-tests.ts';
import { MAY_MEET } from '../support/may-meet.ts';
import {
  dataOf,
  hitsOf,
  nameOf,
  remedied,
  ruleFiles,
  rules,
  systemOf,
  threats,
  vocabulary,
} from '../support/pack.ts';

/** Rules whose remedy no fixed patch can say, with the reason. */
const WITHOUT_EDIT: Readonly<Record<string, string>> = {
  'development-call-unasked': 'the auto-approve list is a file of the client, not of the description',
  'development-tool-unpinned': 'the versions stand in files of the client, one for each of several tools',
  'control-contradicts-fact': 'only people know which of the two is true',
  'control-untested': 'the day on which somebody tries it again is not known here',
  'evidence-missing': 'where the evidence has gone, or whether there is any, only people know',
  'region-not-allowed': 'into which region it moves, or whether its region is allowed, people decide',
  'waiver-expired': 'whether the risk is closed or borne for longer, its owner decides',
  'literal-secret': 'a secret may stand under any key, and taking it out does not take it back',
};

const compiled = builtInPack();

describe.each(ruleFiles)('$folder/$name', ({ folder, name, problems, rule, tests }) => {
  it('loads', () => {
    expect(problems).toEqual([]);
    expect(rule).not.toBeNull();
  });
  if (!rule) return;
  const failing = tests.filter(({ finds }) => finds.length > 0);

  it('lies where its layer and id say, and answers threats that exist', () => {
    expect(LAYERS).toContain(folder);
    expect([rule.layer, rule.id]).toEqual([folder, name]);
    expect(rule.threats.length).toBeGreaterThan(0);
    expect(rule.threats.filter((threat) => !threats.has(threat))).toEqual([]);
    expect(rule.since).not.toBe('');
  });

  it('shows what it finds, what it leaves alone, and a near miss', () => {
    expect(failing.length).toBeGreaterThan(0);
    expect(tests.some((test) => test.finds.length === 0 && !test.name.startsWith('near miss'))).toBe(true);
    expect(tests.some((test) => test.finds.length === 0 && test.name.startsWith('near miss'))).toBe(true);
    expect(new Set(tests.map((test) => test.name)).size).toBe(tests.length);
  });

  it('passes its tests, as written and as compiled', () => {
    const built = compiled.rules.find(({ id }) => id === rule.id);
    expect(built, `${rule.id} is not in the built pack: run \`npm run generate\``).toBeDefined();
    const outcomes = [
      ...runRuleTests(rule, tests, vocabulary),
      ...runRuleTests(built!, tests, compiled.vocabulary),
    ];
    expect(outcomes.filter(({ passed }) => !passed)).toEqual([]);
  });

  it.each(failing)('says what is wrong: $name', (test) => {
    for (const { message: told, subject } of hitsOf(dataOf(test), [rule])) {
      const message = told();
      expect(message).not.toMatch(/undefined|\[object|NaN|\n/);
      expect(message).toBe(mask(message));
      if (subject[0] !== undefined) expect(message).toContain(subject[0]);
    }
  });

  if (rule.id in WITHOUT_EDIT) return;
  it.each(failing)('its remedy closes it and opens nothing as bad: $name', (test) => {
    const data = dataOf(test);
    const edited = remedied(data, hitsOf(data, [rule]));
    expect(hitsOf(edited, [rule]).map(nameOf)).toEqual([]);
    // Each rule alone, so that what a superseding rule kept silent is no news.
    const before = new Set(rules.flatMap((each) => hitsOf(data, [each])).map(nameOf));
    const news = hitsOf(edited, rules).filter((hit) => !before.has(nameOf(hit)));
    expect(news.filter((hit) => atLeast(hit.rule.severity, rule.severity)).map(nameOf)).toEqual([]);
  });
});

describe('the pack', () => {
  it('holds every rule file and nothing else', () => {
    expect(compiled.rules.map(({ id }) => id)).toEqual(ruleFiles.map(({ name }) => name).sort());
  });

  it('leaves out the edit only where a reason is given', () => {
    const without = rules.filter(({ fix }) => Object.keys(fix.edit).length === 0).map(({ id }) => id);
    expect(without.sort()).toEqual(Object.keys(WITHOUT_EDIT).sort());
  });

  it('has no two rules that fire on one subject, unless a reason is given', () => {
    const pairs = new Map<string, string>();
    for (const { name, tests } of ruleFiles) {
      for (const test of tests) {
        for (const [pair, subject] of meetings(hitsOf(dataOf(test), rules))) {
          if (!pairs.has(pair)) pairs.set(pair, `${pair}, on ${subject} in "${test.name}" of ${name}`);
        }
      }
    }
    const listed = (pair: string) =>
      MAY_MEET.some(({ rules: some, beside }) => {
        const [one, other] = pair.split(' and ') as [string, string];
        const meets = (a: string, b: string) => some.includes(a) && (beside ?? some).includes(b);
        return meets(one, other) || meets(other, one);
      });
    expect([...pairs].filter(([pair]) => !listed(pair)).map(([, what]) => what)).toEqual([]);
  });

  it('lists no rule that is gone', () => {
    const ids = new Set(rules.map(({ id }) => id));
    const named = [
      ...MAY_MEET.flatMap(({ rules: some, beside = [] }) => [...some, ...beside]),
      ...Object.keys(WITHOUT_EDIT),
    ];
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('refuses a description that does not load, instead of finding nothing in it', () => {
    expect(() => systemOf({ maestro: '1', agents: {} })).toThrow();
  });
});

/** Pairs of rules that found something on one subject, with that subject. */
function meetings(hits: readonly Hit[]): [pair: string, subject: string][] {
  const onSubject = new Map<string, Set<string>>();
  for (const { rule, subject } of hits) {
    const key = subject.join(', ');
    onSubject.set(key, (onSubject.get(key) ?? new Set()).add(rule.id));
  }
  return [...onSubject].flatMap(([subject, ids]) => {
    const sorted = [...ids].sort();
    return sorted.flatMap((id, i) =>
      sorted.slice(i + 1).map((other): [string, string] => [`${id} and ${other}`, subject]),
    );
  });
}
