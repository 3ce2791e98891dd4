import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { silenceRun } from '../../src/cli/silence-run.ts';
import type { Finding } from '../../src/finding/finding.ts';
import { SEVERITIES } from '../../src/finding/severity.ts';
import type { Waiver } from '../../src/model/waivers.ts';
import { readYaml } from '../../src/model/yaml.ts';
import { ignoreComments } from '../../src/model/yaml-comments.ts';
import { builtInPack } from '../../src/rules/pack.ts';
import { hold, pruned } from '../../src/verdict/baseline.ts';
import { PLAIN_SILENCE, type SilencePolicy } from '../../src/verdict/silence-policy.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';
import { finding, pathFinding, verdict, waived } from '../report/verdict-fixture.ts';
import { DESCRIPTIONS } from '../support/descriptions.ts';
import { lintSystem } from '../support/lint-data.ts';
import { systemOf } from '../support/pack.ts';
import { runs } from '../support/runs.ts';

const pack = builtInPack();
const origin = readYaml('maestro.waivers.yaml', 'waivers: 1\naccepted:\n  - { rule: a }\n');
const waiver = (over: Partial<Waiver> = {}): Waiver => ({
  rule: 'stranger-moves-money',
  component: ['payments.send'],
  reason: 'why',
  owner: 'who',
  expires: null,
  sources: null,
  fingerprint: null,
  system: 'shop',
  origin,
  path: ['accepted', '0'],
  ...over,
});

const shop = systemOf(
  readYaml('shop', 'maestro: 1\nsystem: { name: shop }\nagents: { trader: {}, mail: {} }\n').data,
);
const { rules } = pack;
const fixtureRules = [...rules, ...['stranger-moves-money'].map((id) => ({ ...rules[0]!, id }))];
const DAY = Date.UTC(2026, 5, 15) / 1000;

const decide = (findings: readonly Finding[], policy: Partial<SilencePolicy>) =>
  silenceRun(
    { findings, unknown: [] },
    [{ system: shop, rules: fixtureRules }],
    { ...pack, rules: fixtureRules },
    { ...PLAIN_SILENCE, ...policy },
    DAY,
  );

describe('a waiver of a path', () => {
  const path = pathFinding();

  test.each([
    ['names every start', ['inbox', 'forum'], 1],
    ['names more than there are', ['inbox', 'forum', 'shop'], 1],
    ['names none', null, 1],
    ['leaves one out, through which an attacker still comes', ['inbox'], 0],
  ])('%s', (_, sources, silenced) => {
    const result = decide([path], { waivers: [waiver({ sources })] });
    expect(result.waived).toHaveLength(silenced);
    expect(result.findings).toHaveLength(1 - silenced);
    if (silenced === 0)
      expect(result.warnings).toMatchObject([
        { code: 'waiver-unused', suggestion: 'An attacker can also start from forum' },
      ]);
  });
});

describe('a waiver of an edge', () => {
  const edge = finding({ subject: ['trader', 'mail'] });
  const of = (component: string[]) =>
    decide([edge], { waivers: [waiver({ rule: 'kill-switch-missing', component })] });

  test('names both ends in their order', () => {
    expect(of(['trader', 'mail']).waived).toHaveLength(1);
    expect(of(['trader']).waived).toEqual([]);
    expect(of(['mail', 'trader'])).toMatchObject({
      waived: [],
      warnings: [{ suggestion: 'The finding names [trader, mail], in this order' }],
    });
  });
});

test('a waiver of the whole system names it, or says `system`', () => {
  const whole = finding({ subject: ['system'] });
  for (const component of [['shop'], ['system']])
    expect(decide([whole], { waivers: [waiver({ rule: whole.rule, component })] }).waived).toHaveLength(1);
  expect(
    decide([finding()], { waivers: [waiver({ rule: whole.rule, component: ['shop'] })] }).waived,
  ).toEqual([]);
});

describe('decisions of another run', () => {
  const path = pathFinding();
  const base = (over: Partial<Verdict>) => ({ from: verdict(over) });

  test('hold for the same finding, whatever is written in this one', () => {
    const result = decide([path, finding()], {
      ...base({ waived: [waived(path)] }),
      waivers: [waiver({ rule: 'kill-switch-missing', component: ['trader'] })],
    });
    expect(result.waived.map(({ rule }) => rule)).toEqual(['stranger-moves-money']);
    expect(result.findings.map(({ rule }) => rule)).toEqual(['kill-switch-missing']);
  });

  test('do not hold for one that grew', () => {
    const more = { ...path, sources: ['inbox', 'forum', 'fax'] };
    expect(decide([more], base({ waived: [waived(path)] })).waived).toEqual([]);
    const worse = decide([path], base({ waived: [waived({ ...path, severity: 'low' })] }));
    expect(worse.findings).toHaveLength(1);
  });

  test('keep saying that a waiver is over, though this one sets it another day', () => {
    const over = finding({ rule: 'waiver-expired', fingerprint: 'f9'.repeat(16) });
    expect(decide([], base({ findings: [over] })).findings).toEqual([over]);
    expect(decide([over], base({})).findings).toEqual([]);
  });
});

describe('a baseline', () => {
  const entry = (severity: Finding['severity'], sources: string[] | null = null) => {
    const { fingerprint, rule, system, subject } = finding();
    return { fingerprint, rule, system, subject, severity, sources };
  };

  test('hides what is as bad as before or less', () => {
    for (const [i, now] of SEVERITIES.entries()) {
      for (const [j, then] of SEVERITIES.entries()) {
        const baseline = { file: 'b.json', entries: [entry(then)] };
        expect(decide([finding({ severity: now })], { baseline }).known, `${then} → ${now}`).toHaveLength(
          i >= j ? 1 : 0,
        );
      }
    }
  });

  test('never hides that a waiver is over', () => {
    const over = finding({ rule: 'waiver-expired' });
    const baseline = { file: 'b.json', entries: [{ ...entry('high'), rule: over.rule }] };
    expect(decide([over], { baseline }).findings).toHaveLength(1);
  });

  test('once pruned, never hides more than before', () => {
    const names = fc.subarray(['a', 'b', 'c']);
    const state = fc.record({
      severity: fc.constantFrom(...SEVERITIES),
      sources: names,
      isThere: fc.boolean(),
    });
    fc.assert(
      fc.property(state, state, state, (then, between, now) => {
        const at = ({ severity, sources, isThere }: typeof then) =>
          isThere ? [finding({ severity, sources })] : [];
        const ran = new Map([['shop', new Set(['kill-switch-missing'])]]);
        const entries = [entry(then.severity, then.sources)];
        const checked = (one: typeof then) => ({ findings: at(one), ran });
        const left = pruned(entries, checked(between));
        const hides = (list: typeof entries) => hold(list, checked(now)).hides.length;
        expect(hides(left as typeof entries)).toBeLessThanOrEqual(hides(entries));
        if (between.isThere && hold(entries, checked(between)).hides.length > 0)
          expect(hold(left, checked(between)).hides).toHaveLength(1);
      }),
    );
  });
});

describe('a waiver that is about something else', () => {
  const systems = DESCRIPTIONS.map(({ name, text }) => {
    const { waivers: _, ...data } = readYaml(name, text).data as Record<string, never>;
    return lintSystem(systemOf(data), rules);
  });

  test('never changes what is found', () => {
    const pick = fc.record({
      system: fc.constantFrom(...systems),
      rule: fc.nat(),
      component: fc.nat(),
      expires: fc.constantFrom(null, '2999-12-31', '2020-01-01'),
    });
    fc.assert(
      fc.property(pick, ({ system: { system, findings, unknown }, ...chosen }) => {
        const ids = ['system', ...system.byId.keys()];
        const rule = rules[chosen.rule % rules.length]!.id;
        const component = [ids[chosen.component % ids.length]!];
        const own = waiver({ rule, component, expires: chosen.expires, system: system.name });
        const run = (waivers: Waiver[]) =>
          silenceRun({ findings, unknown }, [{ system, rules }], pack, { ...PLAIN_SILENCE, waivers }, DAY);
        const isAbout = (each: Finding) => each.rule === rule && each.subject.join() === component.join();
        const lost = run([]).findings.filter((each) => !run([own]).findings.includes(each));
        if (chosen.expires === '2020-01-01') expect(lost).toEqual([]);
        else expect(lost).toEqual(findings.filter(isAbout));
        expect(run([own]).waived.length + run([own]).findings.length).toBe(findings.length);
      }),
      { numRuns: runs(300) },
    );
  });
});

describe('comments', () => {
  const linesOf = (text: string) =>
    ignoreComments(readYaml('f', text)).map(
      ({ rules: ids, reason, line }) => `${line} ${ids.join('+')} ${reason}`,
    );

  test('are those of YAML, wherever these may stand', () => {
    const text = `maestro: 1
system: { name: "a # maestro: ignore[x] no" } # maestro: ignore[a, b] yes because
# maestro: ignore[c] above
# plain
# maestro: ignore[d] above too
agents:
  a:
    description: |  # maestro: ignore[e] in header
      text
      # maestro: ignore[x] no comment
    role: plain # maestro: ignore[f]
    note: 'it''s
      # maestro: ignore[x] quoted'
    tools: [a, # maestro: ignore[g] in flow
      b] #maestro:ignore [h] tight
    x: foo#maestro: ignore[x] no
    y: >-
      folded

      # maestro: ignore[x] no
  # maestro: ignore nothing
  b: {}
# maestro: ignores nothing, since it is another word
# maestro: ignore[z] before an empty line

c: 1`;
    const expected = [
      '2 a+b yes because',
      '6 c above',
      '6 d above too',
      '8 e in header',
      '11 f ',
      '14 g in flow',
      '15 h tight',
      '22  ',
      '25 z before an empty line',
    ];
    expect(linesOf(text)).toEqual(expected);
    expect(linesOf(text.replaceAll('\n', '\r\n'))).toEqual(expected);
  });

  test('are read out of any text without an error', () => {
    const parts = fc.constantFrom(
      '# maestro: ignore[a] b',
      '\n',
      '  ',
      '"',
      "'",
      '|',
      '>',
      '- ',
      'a: ',
      '{',
      '[',
      ']',
      '\x1f',
      '\x02',
      '\ufeff',
      '\r',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 25 }), (all) => {
        const text = all.join('');
        for (const { file, start, end, line } of ignoreComments(readYaml('f', text))) {
          expect(file.source.text.slice(start, end)).toMatch(/^# maestro: ignore/);
          expect(line).toBeGreaterThan(0);
        }
      }),
      { numRuns: runs(500) },
    );
  });
});
