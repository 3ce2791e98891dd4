import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { frameworks } from '../../build/catalogue.js';
import { complianceJson, complianceText } from '../../src/report/compliance.ts';
import { folder, HOME, maestro } from '../support/cli.ts';
import { report } from '../support/compliance-reports.ts';
import { rules as all, vocabulary } from '../support/pack.ts';

const DESK = `maestro: 1
system: { name: desk, owner: finance }
agents:
  trader:
    autonomy: autonomous
    controls: { audit_log: { evidence: infra/log.tf }, anomaly_detection: true, kill_switch: planned }
observability:
  watch: { kind: metrics, observes: [trader], controls: { telemetry_alerting: { evidence: gone.md } } }
data: { notes: { kind: files, controls: { provenance: { evidence: infra/log.tf } } } }
`;
const FILES = { 'maestro.yaml': DESK, 'infra/log.tf': 'resource {}\n' };

async function view(files: Record<string, string>, ...argv: string[]) {
  const { stdout, stderr, code } = await maestro(folder(files), [
    'rules',
    '--compliance',
    ...argv,
    '-f',
    'json',
  ]);
  return { code, stderr, report: stdout === '' ? null : JSON.parse(stdout) };
}
interface Entry extends Record<string, unknown> {
  readonly id: string;
  readonly findings: readonly { rule: string }[];
  readonly accepted: readonly { rule: string }[];
}
const entryOf = ({ criteria }: { criteria: Entry[] }, id: string): Entry =>
  criteria.find((each) => each.id === id)!;

describe('rules --compliance', () => {
  test('tells findings, backed and unbacked controls, and what is not visible', async () => {
    const { code, report: found } = await view(FILES, 'soc2');
    expect(code).toBe(0);
    expect(found).toMatchObject({
      version: 'compliance-v1',
      complete: true,
      systems: ['desk'],
      framework: { id: 'soc2' },
    });
    const stops = entryOf(found, 'CC7.4');
    expect(stops).toMatchObject({ state: 'findings' });
    expect(stops.findings.map(({ rule }) => rule)).toContain('kill-switch-missing');
    expect(stops['without_evidence']).toMatchObject([
      {
        control: 'telemetry_alerting',
        on: ['watch'],
        wrong: ['gone.md is not there'],
        place: 'maestro.yaml:8:59',
      },
    ]);
    expect(entryOf(found, 'CC7.2')).toMatchObject({
      with_evidence: [{ control: 'audit_log', on: ['trader'], evidence: ['infra/log.tf'], wrong: [] }],
    });
    // What is only planned is not declared.
    expect(JSON.stringify(found)).not.toContain('"control":"kill_switch"');
    expect(entryOf(found, 'CC9.2')).toMatchObject({ state: 'not-visible', findings: [], with_evidence: [] });
    const { report: iso } = await view(FILES, 'iso42001');
    expect(entryOf(iso, 'A.7.5')).toMatchObject({ state: 'backed' });
    expect(entryOf(iso, 'A.2.2')).toMatchObject({ state: 'not-visible' });
  });

  test('a finding that is waived is shown as accepted, one of the baseline as there', async () => {
    const waiver = 'waivers: [{ rule: kill-switch-missing, component: trader, reason: r, owner: o }]\n';
    const { report: found } = await view({ ...FILES, 'maestro.yaml': DESK + waiver }, 'soc2');
    const entry = entryOf(found, 'CC7.4');
    expect(entry.findings.map(({ rule }) => rule)).not.toContain('kill-switch-missing');
    expect(entry.accepted.map(({ rule }) => rule)).toEqual(['kill-switch-missing']);
    const cwd = folder(FILES);
    await maestro(cwd, ['baseline', 'create']);
    const { stdout } = await maestro(cwd, ['rules', '--compliance', 'soc2']);
    expect(stdout).toContain('kill-switch-missing');
  });

  test('what cannot be read leaves it incomplete, and nothing to read is no view', async () => {
    const { code, report: found } = await view({ ...FILES, 'b.maestro.yaml': 'maestro: 1\n' }, 'soc2');
    expect([code, found.complete, found.errors.length]).toEqual([2, false, 1]);
    expect((await view({}, 'soc2')).code).toBe(3);
  });

  test.each([
    ['soc3', 'Did you mean soc2?'],
    ['zzz', 'There are csa-maestro'],
    ['owasp-llm', 'Write owasp-llm-2025 or owasp-llm-2026'],
  ])('%s is refused', async (name, help) => {
    const { code, stderr } = await view(FILES, name);
    expect(code).toBe(2);
    expect(stderr).toContain(help);
  });

  test('paths are for this view alone', async () => {
    expect(await maestro(folder(FILES), ['rules', 'maestro.yaml'])).toMatchObject({ code: 2, stdout: '' });
  });

  test('every framework has entries that something speaks to', async () => {
    for (const { id } of frameworks) {
      const { report: found } = await view(FILES, id);
      expect(found.framework.id).toBe(id);
      const { findings, unbacked, backed } = found.summary;
      expect(findings + unbacked + backed, id).toBeGreaterThan(0);
    }
  });
});

/** Words that would claim what no description shows. */
const CLAIMS = /\bcompliant\b|\bcompl(?:y|ies|ied)\b|\bfulfil|\bpassed\b|\bcertif/i;

test('nothing that is printed claims that an entry is met', async () => {
  for (const { id } of frameworks) {
    const { stdout } = await maestro(folder(FILES), ['rules', '--compliance', id]);
    const titles = Object.values(frameworks.find((each) => each.id === id)!.entries);
    const ours = titles.reduce((text, title) => text.replaceAll(title, ''), stdout);
    expect(ours).not.toMatch(CLAIMS);
    expect(ours.toLowerCase()).not.toContain('compliant');
  }
  expect(complianceText(report)).not.toMatch(CLAIMS);
  expect(complianceJson(report).replace('compliance-v1', '')).not.toMatch(CLAIMS);
  expect(complianceText({ ...report, errors: [], complete: true })).not.toContain('Incomplete');
});

test('the mapping names entries, controls and rules that are there, each entry once', () => {
  const { criteria } = parse(readFileSync(join(HOME, 'rules/criteria.yaml'), 'utf8')) as {
    criteria: Record<string, { controls?: string[]; rules?: string[] }>;
  };
  const refs = frameworks.flatMap(({ prefix, edition, entries }) =>
    Object.keys(entries).map((id) => [prefix, id, ...(edition ? [edition] : [])].join(':')),
  );
  const rules = all.map(({ id }) => id);
  for (const [ref, { controls = [], rules: named = [] }] of Object.entries(criteria)) {
    expect(refs).toContain(ref);
    expect(controls.length + named.length, ref).toBeGreaterThan(0);
    for (const control of controls) expect([...vocabulary.keys()], ref).toContain(control);
    for (const rule of named) expect(rules, ref).toContain(rule);
  }
});
