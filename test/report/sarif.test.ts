import type { Log, Result, Run } from 'sarif';
import { describe, expect, test } from 'vitest';
import { type SarifOptions, sarifReport } from '../../src/report/sarif.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';
import {
  file,
  finding,
  fullVerdict,
  hostileVerdict,
  pathFinding,
  problem,
  rule,
  silencedVerdict,
  step,
  unknown,
  verdict,
} from './verdict-fixture.ts';

const OPTIONS: SarifOptions = {
  informationUri: 'https://example.org/maestro',
  taxonomy: new Map([
    ['l7-compromised-agents', ['owasp-asi:ASI10:2026', 'owasp-llm:LLM06:2025', 'cwe:CWE-79', 'stride:T']],
    ['xl-trifecta', ['owasp-asi:ASI01:2026', 'cwe:CWE-1427', 'cwe:CWE-79', 'gone:X1']],
  ]),
  frameworks: [
    {
      id: 'owasp-asi',
      name: 'OWASP ASI',
      version: '2026 (December 2025)',
      edition: '2026',
      entries: { ASI01: 'Goal Hijack', ASI02: 'Tool Misuse', ASI10: 'Rogue Agents' },
    },
    {
      id: 'owasp-llm-2025',
      prefix: 'owasp-llm',
      name: 'OWASP LLM',
      edition: '2025',
      entries: { LLM06: 'Excessive Agency' },
    },
    {
      id: 'owasp-llm-2026',
      prefix: 'owasp-llm',
      name: 'OWASP LLM',
      edition: '2026',
      entries: { LLM06: 'Unbounded Consumption' },
    },
    {
      id: 'cwe',
      name: 'CWE',
      version: '4.x',
      entries: { 'CWE-79': 'Cross-site Scripting', 'CWE-1427': 'Prompt' },
    },
    { id: 'stride', name: 'STRIDE', entries: { T: 'Tampering' } },
  ],
};

const runOf = (v: Verdict, options: Partial<SarifOptions> = {}): Run =>
  (JSON.parse(sarifReport(v, { ...OPTIONS, ...options })) as Log).runs[0]!;
const resultsOf = (v: Verdict): Result[] => runOf(v).results!;
const notes = (v: Verdict, options = {}) => runOf(v, options).invocations![0]!.toolExecutionNotifications!;
const bag = (v: Verdict, id: string) => runOf(v).tool.driver.rules!.find((r) => r.id === id)!.properties!;

test('everything a report can hold', async () => {
  await expect(sarifReport(fullVerdict(), OPTIONS)).toMatchFileSnapshot('../golden/report/full.sarif');
});

describe('what does not count', () => {
  test('is left out, and its rule with it', () => {
    expect(resultsOf(silencedVerdict()).map(({ partialFingerprints: of }) => Object.values(of!))).toEqual([
      ['f3'.repeat(16)],
    ]);
    expect(JSON.stringify(runOf(silencedVerdict()))).not.toContain('suppressions');
  });

  test('is listed for auditors, with whose decision that is', () => {
    const results = runOf(silencedVerdict(), { includeSuppressed: true }).results!;
    expect(
      results.map(({ ruleId, suppressions }) => [ruleId, suppressions!.map(({ kind }) => kind)]),
    ).toEqual([
      ['kill-switch-missing', []],
      ['stranger-moves-money', ['external']],
      ['kill-switch-missing', ['inSource']],
      ['kill-switch-missing', ['external']],
    ]);
    expect(results[1]!.suppressions![0]).toMatchObject({
      status: 'accepted',
      justification: 'payments-team: Trades are below one euro until the pilot ends (until 2026-12-31)',
      location: { physicalLocation: { region: { startLine: 2 } } },
    });
    expect(results[2]!.suppressions![0]!.justification).toBe('Only a trial');
  });

  test('takes no place of what counts', () => {
    const options = { includeSuppressed: true, maxResults: 2 };
    const kept = runOf(silencedVerdict(), options).results!;
    expect(kept.map(({ suppressions }) => suppressions!.length)).toEqual([0, 1]);
  });

  test('brings its warnings as such', () => {
    expect(notes(silencedVerdict()).map(({ descriptor, level }) => [descriptor!.id, level])).toEqual([
      ['waiver-unused', 'warning'],
      ['baseline-gone', 'warning'],
    ]);
  });
});

/** What GitHub needs and neither the schema nor the multitool checks. */
describe.each([
  ['full', fullVerdict()],
  ['hostile', hostileVerdict()],
  ['empty', verdict()],
  ['without rules', verdict({ rules: [], findings: [finding(), pathFinding()] })],
])('a %s log', (_, v) => {
  const run = runOf(v);
  const rules = run.tool.driver.rules!;

  test('has results', () => expect(run.results).toHaveLength(v.findings.length));

  test('names for each result a rule that is there', () => {
    for (const result of run.results!) expect(rules[result.ruleIndex!]!.id).toBe(result.ruleId);
    for (const note of run.invocations![0]!.toolExecutionNotifications!) {
      if (note.associatedRule) expect(rules[note.associatedRule.index!]!.id).toBe(note.associatedRule.id);
    }
  });

  test('has severities as strings, and at most ten tags', () => {
    for (const { properties } of rules) {
      expect(properties!['security-severity']).toMatch(/^\d\.\d$/);
      expect(properties!.tags!.length).toBeLessThanOrEqual(10);
      expect(new Set(properties!.tags).size).toBe(properties!.tags!.length);
      expect(properties!.tags![0]).toBe('security');
    }
  });

  test('has only relative, encoded addresses and positions from 1', () => {
    const json = JSON.stringify(run);
    for (const [, uri] of json.matchAll(/"artifactLocation":\{"uri":"([^"]*)"/g)) {
      expect(uri).toMatch(/^(?:[\w\-.~!*'()]|%[\dA-F]{2})[^:\s#?]*$/);
    }
    for (const [, n] of json.matchAll(/"(?:start|end)(?:Line|Column)":(-?\d+)/g))
      expect(Number(n)).toBeGreaterThan(0);
  });

  test('points from each rule into a taxonomy that is there', () => {
    for (const { relationships = [] } of rules) {
      for (const { target } of relationships) {
        const taxonomy = run.taxonomies![target.toolComponent!.index!]!;
        expect(taxonomy.name).toBe(target.toolComponent!.name);
        expect(taxonomy.taxa![target.index!]!.id).toBe(target.id);
      }
    }
  });
});

test('fingerprints are unique and under one key of our own', () => {
  const results = resultsOf(fullVerdict());
  expect(results.map((r) => Object.keys(r.partialFingerprints!))).toEqual([
    ['maestroFingerprint/v1'],
    ['maestroFingerprint/v1'],
  ]);
  expect(new Set(results.map((r) => r.partialFingerprints!['maestroFingerprint/v1'])).size).toBe(2);
});

test('hostile names are raw nowhere, and no link or placeholder in a message', () => {
  const json = sarifReport(hostileVerdict(), OPTIONS);
  expect(json).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff\p{Cs}]/u);
  expect(json).not.toMatch(/::error|##\[|##vso\[|-->|<!--|\]\]>/);
  const text = resultsOf(hostileVerdict())[0]!.message.text!;
  expect(text).toContain('\\[click\\](http://evil.example)');
  expect(text).toContain('{{0}}');
  const help = runOf(hostileVerdict()).tool.driver.rules![0]!.help!.markdown!;
  expect(help).not.toMatch(/<(?!https?:)|(?<!\\)\[/);
});

test('addresses are percent-encoded', () => {
  const odd = finding({ location: { ...finding().location, file: 'a b/50%#1/漢?[x]:y.yaml' } });
  const { artifactLocation } = resultsOf(verdict({ findings: [odd] }))[0]!.locations![0]!.physicalLocation!;
  expect(artifactLocation).toEqual({
    uri: 'a%20b/50%25%231/%E6%BC%A2%3F%5Bx%5D%3Ay.yaml',
    uriBaseId: '%SRCROOT%',
  });
});

test('the category ends in a slash, where GitHub takes it from', () => {
  expect(runOf(verdict()).automationDetails!.id).toBe('maestro/');
  expect(runOf(verdict(), { category: 'shop' }).automationDetails!.id).toBe('maestro/shop/');
});

test('levels and tags', () => {
  const v = fullVerdict();
  expect(resultsOf(v).map((r) => r.level)).toEqual(['error', 'error']);
  expect(bag(v, 'stranger-moves-money')).toEqual({
    tags: [
      'security',
      'cross-layer',
      'external/cwe/cwe-1427',
      'external/cwe/cwe-079',
      'ASI01:2026',
      'ASI10:2026',
    ],
    precision: 'medium',
    'security-severity': '9.5',
    'problem.severity': 'error',
  });
  const many = new Map([['l7-compromised-agents', Array.from({ length: 30 }, (_, i) => `cwe:CWE-${i}`)]]);
  expect(runOf(v, { taxonomy: many }).tool.driver.rules![0]!.properties!.tags).toHaveLength(10);
});

test('taxonomies hold only what is referred to, by edition', () => {
  expect(runOf(fullVerdict()).taxonomies!.map((t) => [t.name, t.taxa!.map((x) => x.id)])).toEqual([
    ['owasp-asi', ['ASI01', 'ASI10']],
    ['owasp-llm-2025', ['LLM06']],
    ['cwe', ['CWE-79', 'CWE-1427']],
    ['stride', ['T']],
  ]);
});

test('an incomplete run is not successful and says why', () => {
  const v = fullVerdict();
  expect(runOf(v).invocations![0]!.executionSuccessful).toBe(false);
  expect(
    notes(v)
      .filter((n) => n.level === 'error')
      .map((n) => n.message.text),
  ).toEqual(['agent trader has no key "autonomi"\nHelp: autonomy', 'two components are called trader']);
  const whole = verdict({ complete: false, errors: [problem({ location: null, snippet: null })] });
  expect(notes(whole)[0]!.locations).toEqual([
    { physicalLocation: { artifactLocation: { uri: 'b/maestro.yaml', uriBaseId: '%SRCROOT%' } } },
  ]);
});

test('some unknown checks are listed, the rest counted', () => {
  const said = notes(verdict({ unknown: Array(130).fill(unknown()) }));
  expect(said).toHaveLength(101);
  expect(said[0]!.message.text).toBe('kill-switch-missing could not judge: not declared: intake.autonomy');
  expect(said.at(-1)!.message.text).toBe('30 more checks could not judge');
});

describe('limits', () => {
  const many = (n: number) =>
    verdict({
      files: [file()],
      findings: Array.from({ length: n }, (_, i) =>
        finding({ fingerprint: `f${i}`, severity: i === n - 1 ? 'critical' : 'low' }),
      ),
    });

  test('30,000 findings: the worst 25,000, and a notification', () => {
    const run = runOf(many(30_000));
    expect(run.results).toHaveLength(25_000);
    expect(run.results![0]!.partialFingerprints).toEqual({ 'maestroFingerprint/v1': 'f29999' });
    expect(run.invocations![0]!.toolExecutionNotifications).toMatchObject([
      { level: 'warning', message: { text: '30000 findings, of which this file holds the 25000 worst' } },
    ]);
    expect(run.invocations![0]!.executionSuccessful).toBe(true);
  });

  test('6,000 findings: all, and a note that GitHub shows fewer', () => {
    expect(notes(many(6000))).toMatchObject([{ level: 'note', descriptor: { id: 'results-hidden' } }]);
    expect(notes(many(10), { maxResults: 3 })).toMatchObject([{ descriptor: { id: 'results-cut' } }]);
  });

  test('1,500 steps: 1,000 that end at the target, 100 related places', () => {
    const steps = Array.from({ length: 1500 }, (_, i) => step(`n${i}`, `step ${i}`, 'intake'));
    const [result] = resultsOf(verdict({ findings: [pathFinding({ steps })] }));
    const { locations } = result!.codeFlows![0]!.threadFlows[0]!;
    expect(locations).toHaveLength(1000);
    expect(locations.at(-1)!.location!.message!.text).toBe('step 1499');
    expect(result!.relatedLocations).toHaveLength(100);
  });

  test('descriptions: 1,024 characters', () => {
    const [first] = runOf(verdict({ rules: [rule({ why: '漢'.repeat(5000) })] })).tool.driver.rules!;
    expect(first!.fullDescription!.text).toHaveLength(1024);
  });
});
