import type { Finding, Step, Unknown } from '../finding/finding.ts';
import { fingerprint } from '../finding/fingerprint.ts';
import { mask } from '../finding/secrets.ts';
import { rankOf } from '../finding/severity.ts';
import { byCodeUnit, type System } from '../model/system.ts';
import { writeEdit } from '../model/write-yaml.ts';
import type { Anchor, Doubt, Hit, Result } from '../rules/hit.ts';

/** What rules found in one system, as findings at lines and columns, with every value that looks like a secret masked. */
export function place(system: System, result: Result): { findings: Finding[]; unknown: Unknown[] } {
  const ordinals = new Map<string, number>();
  const findings = result.hits.map((hit) => finding(system, hit, ordinals));
  return { findings, unknown: result.doubts.map((doubt) => unknown(system, doubt)) };
}

function finding(system: System, hit: Hit, ordinals: Map<string, number>): Finding {
  const { rule } = hit;
  const subject = hit.subject.map(mask);
  return {
    rule: rule.id,
    title: rule.title,
    layer: rule.layer,
    severity: rule.severity,
    confidence: rule.confidence,
    profile: rule.profile,
    system: mask(system.name),
    subject,
    at: mask(hit.at),
    message: mask(hit.message),
    ...written(hit.anchor),
    fingerprint: identity(system, hit, ordinals),
    threats: rule.threats,
    fix: {
      say: rule.fix.say,
      file: hit.fixAt.origin.source.file,
      path: hit.fixAt.path.map(mask),
      edit: hit.edit,
      yaml: mask(writeEdit(hit.fixAt.path, hit.edit)),
    },
    ...(hit.steps ? { steps: hit.steps.map((each) => step(system, each)) } : {}),
    ...(hit.sources ? { sources: hit.sources.map(mask) } : {}),
  };
}

function step(system: System, { node, text, ...anchor }: Anchor & { node: string; text: string }): Step {
  // An action stands in the layer of its tool.
  const component = system.byId.get(node) ?? system.byId.get(node.split('.', 1)[0]!);
  return {
    node: mask(node),
    ...(component && { layer: component.layer }),
    text: mask(text),
    ...written(anchor),
  };
}

function unknown(system: System, doubt: Doubt): Unknown {
  return {
    rule: doubt.rule.id,
    system: mask(system.name),
    subject: doubt.subject.map(mask),
    facts: doubt.facts.map(mask),
    ...written(doubt.anchor),
  };
}

/** Points at the key, or at the nearest parent somebody wrote. */
function written({ origin, path }: Anchor) {
  const { start, end } = origin.find(path);
  return origin.source.place(start, Math.max(end, start + 1));
}

/** Equal findings (two flows between the same ends) are told apart by a count that only equals share. */
function identity(system: System, { rule, subject, detail }: Hit, ordinals: Map<string, number>): string {
  const named = detail.split('.').filter((part) => !/^\d+$/.test(part));
  const base = JSON.stringify([rule.id, subject, named]);
  const ordinal = ordinals.get(base) ?? 0;
  ordinals.set(base, ordinal + 1);
  return fingerprint(
    rule.id,
    system.name,
    subject,
    ordinal === 0 ? named.join('.') : `${named.join('.')}#${ordinal}`,
  );
}

/** Worst first; then by file, by place, by rule. */
export const byWeight = (a: Finding, b: Finding): number =>
  rankOf(a.severity) - rankOf(b.severity) ||
  byCodeUnit(a.location.file, b.location.file) ||
  a.location.line - b.location.line ||
  a.location.column - b.location.column ||
  byCodeUnit(a.rule, b.rule) ||
  byCodeUnit(a.fingerprint, b.fingerprint);
