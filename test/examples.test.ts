import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { HOME, maestro } from './support/cli.ts';

/** One threat that a publication lists, as threats.yaml gives it. */
interface Threat {
  readonly threat: string;
  readonly visible: 'direct' | 'declared' | 'none';
  /** `rule@component` or `rule@from->to`; left out when nothing finds it. */
  readonly found?: readonly string[];
  readonly not_found?: string;
}

interface Finding {
  readonly rule: string;
  readonly subject: readonly string[];
  readonly fingerprint: string;
  readonly steps?: readonly { readonly node: string }[];
}

interface Report {
  readonly findings: readonly Finding[];
  readonly unknown: readonly unknown[];
  readonly files: readonly { readonly components: number }[];
}

const EXAMPLES = join(HOME, 'examples');
const names = readdirSync(EXAMPLES).filter((name) =>
  existsSync(join(EXAMPLES, name, 'as-found.maestro.yaml')),
);
const threatsOf = (name: string): readonly Threat[] =>
  parse(readFileSync(join(EXAMPLES, name, 'threats.yaml'), 'utf8')).threats;

async function lint(name: string, file: string, ...argv: string[]): Promise<Report> {
  const path = join(EXAMPLES, name, `${file}.maestro.yaml`);
  const { stdout } = await maestro(HOME, ['lint', '-f', 'json', '--as-of', '2026-11-01', ...argv, path]);
  const report = JSON.parse(stdout);
  expect(report.errors).toEqual([]);
  return report;
}

/** Whether a finding is about a component: it is its subject, or one of its actions is. */
const isOn = ({ subject }: Finding, id: string): boolean =>
  subject.some((each) => each === id || each.startsWith(`${id}.`));

/** What of a threat's `found` no finding says. */
const missing = ({ found = [] }: Threat, { findings }: Report): string[] =>
  found.filter((each) => {
    const [rule, places = ''] = each.split('@');
    const ids = places.split('->');
    return !findings.some((finding) => finding.rule === rule && ids.every((id) => isOn(finding, id)));
  });

/** What more than three findings have as their subject, with their rules. */
function crowded(findings: readonly Finding[]): (readonly [subject: string, rules: readonly string[]])[] {
  const rules = new Map<string, string[]>();
  for (const { rule, subject } of findings) {
    const said = subject.join(' → ');
    rules.set(said, [...(rules.get(said) ?? []), rule]);
  }
  return [...rules].filter(([, found]) => found.length > 3);
}

const isVisible = ({ visible }: Threat): boolean => visible !== 'none';

describe.each(names)('%s', (name) => {
  test('what the table says is found is found, on the component that the publication names', async () => {
    const report = await lint(name, 'as-found', '--profile', 'strict');
    for (const threat of threatsOf(name)) {
      expect(missing(threat, report), threat.threat).toEqual([]);
      const judged = threat.found !== undefined || threat.not_found !== undefined;
      expect(judged, `${threat.threat}: what finds it, or why nothing does`).toBe(isVisible(threat));
    }
  });

  test('as found: at most three findings of a component or a reference, and the first five are about published threats', async () => {
    const { findings, files } = await lint(name, 'as-found');
    expect(findings.length).toBeLessThanOrEqual(2 * files[0]!.components);
    expect(crowded(findings)).toEqual([]);
    const published = threatsOf(name).flatMap(({ found = [] }) => found);
    const rules = new Set(published.map((each) => each.split('@')[0]));
    for (const { rule, subject } of findings.slice(0, 5)) expect(rules, `${rule} ${subject}`).toContain(rule);
  });

  test('hardened: nothing is left, nor unknown', async () => {
    const { findings, unknown } = await lint(name, 'hardened', '--profile', 'strict');
    expect({ findings, unknown }).toEqual({ findings: [], unknown: [] });
  });
});

test('of the threats that can be shown, 95 % are found', () => {
  const visible = names.flatMap((name) => threatsOf(name).filter(isVisible));
  const found = visible.filter(({ found: by }) => by !== undefined);
  expect(names.length).toBeGreaterThanOrEqual(5);
  expect(found.length / visible.length).toBeGreaterThanOrEqual(0.95);
});
