import { ABOUT } from '../../build/about.ts';
import type { Finding, Problem, Unknown } from '../finding/finding.ts';
import { presentable } from '../finding/problems.ts';
import { type Loaded, loadDescription } from '../model/load.ts';
import { byCodeUnit, type System } from '../model/system.ts';
import { checkControls } from '../rules/check-controls.ts';
import { evaluate } from '../rules/evaluate.ts';
import type { Rule } from '../rules/hit.ts';
import type { Pack } from '../rules/pack.ts';
import type { Context } from '../rules/world.ts';
import { byWeight, place } from '../verdict/place.ts';
import type { FileRecord, RuleInfo, Verdict } from '../verdict/verdict.ts';
import { type Candidate, readBytes, type Search } from './files.ts';
import type { Selection } from './selection.ts';

/** Lints every file, one after the other; a file that cannot be read does not keep the others from being linted. */
export function runLint(search: Search, pack: Pack, rulesFor: Selection, context: Context): Verdict {
  const files: FileRecord[] = [];
  const findings: Finding[] = [];
  const unknown: Unknown[] = [];
  const errors: Problem[] = [...search.problems];
  const used = new Map<string, Rule>();
  const systems = new Map<string, System>();
  for (const candidate of search.files) {
    const loaded = load(candidate);
    if (loaded.is === 'foreign') {
      files.push({ path: candidate.name, status: 'skipped', system: null, components: 0 });
      continue;
    }
    const problems =
      loaded.is === 'invalid'
        ? loaded.problems
        : [...sameName(loaded.system, systems), ...checkControls(loaded.system, pack.vocabulary)];
    if (loaded.is === 'invalid' || problems.length > 0) {
      errors.push(...presentable(problems));
      files.push({ path: candidate.name, status: 'failed', system: null, components: 0 });
      continue;
    }
    const { system } = loaded;
    const rules = rulesFor(candidate.path);
    for (const rule of rules) used.set(rule.id, rule);
    const placed = place(system, evaluate(system, rules, pack.vocabulary, context));
    findings.push(...placed.findings);
    unknown.push(...placed.unknown);
    files.push({
      path: candidate.name,
      status: 'linted',
      system: system.name,
      components: system.components.filter(({ kind }) => kind !== 'boundary').length,
    });
  }
  const rules = [...used.values()].sort((a, b) => byCodeUnit(a.id, b.id)).map(ruleInfo);
  const verdict: Verdict = {
    version: ABOUT.version,
    complete: errors.length === 0,
    files,
    findings: findings.sort(byWeight),
    unknown,
    errors,
    rules,
  };
  return verdict;
}

function load({ name, path, named }: Candidate): Loaded {
  const bytes = readBytes(path, name);
  if (!(bytes instanceof Uint8Array)) return { is: 'invalid', problems: [bytes] };
  const loaded = loadDescription(name, bytes);
  if (loaded.is !== 'foreign' || !named) return loaded;
  const message = 'This is no description: it has none of the keys of the language';
  return {
    is: 'invalid',
    problems: [
      {
        code: 'foreign',
        message,
        file: name,
        location: null,
        snippet: null,
        suggestion: 'Begin it with `maestro: 1`',
      },
    ],
  };
}

/** Baselines and waivers go by the name of the system: two files cannot share one. */
function sameName(system: System, systems: Map<string, System>): Problem[] {
  const earlier = systems.get(system.name);
  if (!earlier) {
    systems.set(system.name, system);
    return [];
  }
  const at = (one: System) => {
    const { start, end } = one.origin.find(['system', 'name'], 'value');
    return one.origin.source.place(start, end);
  };
  return [
    {
      code: 'duplicate-system',
      message: `Another file describes a system called \`${system.name}\` too`,
      file: system.file,
      ...at(system),
      related: { message: 'the other one', ...at(earlier) },
      suggestion: 'Give each its own `system.name`',
    },
  ];
}

export const ruleInfo = (rule: Rule): RuleInfo => ({
  id: rule.id,
  title: rule.title,
  layer: rule.layer,
  severity: rule.severity,
  confidence: rule.confidence,
  profile: rule.profile,
  threats: rule.threats,
  why: rule.why,
  remedy: rule.fix.say,
  url: ruleUrl(rule.id),
});

export const ruleUrl = (id: string): string => `${ABOUT.repository}/blob/main/docs/rules/${id}.md`;
