import type { Finding, Fix, Placed, Risk, Step, Unknown } from '../finding/finding.ts';
import { fingerprint } from '../finding/fingerprint.ts';
import { late } from '../finding/late.ts';
import { mask } from '../finding/secrets.ts';
import { rankOf } from '../finding/severity.ts';
import { byCodeUnit, type System } from '../model/system.ts';
import { writeEdit } from '../model/write-yaml.ts';
import type { Anchor, Assessed, Doubt, Hit, Result } from '../rules/hit.ts';
import { tellsWay } from '../rules/rule.ts';

/** What rules found in one system, as findings at lines and columns, with every value that looks like a secret masked. */
export function place(system: System, result: Result): { findings: Finding[]; unknown: Unknown[] } {
  const names = new Masked();
  const findings = result.hits.map((hit) => finding(system, hit, names, result.assess));
  return { findings, unknown: result.doubts.map((doubt) => unknown(system, doubt, names)) };
}

/** Fingerprints of the findings that these hits become, when nothing else is found beside them. */
export function fingerprintsOf(system: System, hits: readonly Hit[]): string[] {
  const ordinals = new Map<string, number>();
  return hits.map((hit) => identity(system, hit, ordinalOf(hit, ordinals)));
}

/** What is the same in many findings of one run: names without what looks like a secret, and which findings are equal. */
class Masked {
  readonly ordinals = new Map<string, number>();
  private readonly known = new Map<string, string>();
  private readonly lists = new Map<readonly string[], readonly string[]>();

  readonly of = (name: string): string => {
    let masked = this.known.get(name);
    if (masked === undefined) {
      masked = mask(name);
      this.known.set(name, masked);
    }
    return masked;
  };

  /** Many findings share one list of many names. */
  readonly all = (names: readonly string[]): readonly string[] => {
    const masked = this.lists.get(names) ?? names.map(this.of);
    this.lists.set(names, masked);
    return masked;
  };
}

function finding(system: System, hit: Hit, names: Masked, assess: Result['assess']): Finding {
  const { rule } = hit;
  const subject = hit.subject.map(names.of);
  const placed = written(hit.anchor);
  const ordinal = ordinalOf(hit, names.ordinals);
  const message = late(() => mask(hit.message()));
  const print = late(() => identity(system, hit, ordinal));
  const fix = late(() => fixOf(hit, names));
  const found: Finding = {
    rule: rule.id,
    title: rule.title,
    layer: rule.layer,
    severity: rule.severity,
    confidence: rule.confidence,
    profile: rule.profile,
    system: names.of(system.name),
    subject,
    at: names.of(hit.at),
    get message() {
      return message();
    },
    location: placed.location,
    get snippet() {
      return placed.snippet;
    },
    get fingerprint() {
      return print();
    },
    threats: rule.threats,
    get fix() {
      return fix();
    },
    ...(assess ? { risk: riskOf(assess(hit)) } : {}),
    ...(rule.stated && rule.stated !== hit.anchor
      ? { related: { message: 'the assertion', ...written(rule.stated) } }
      : {}),
  };
  return tellsWay(rule.form) ? withPath(found, system, hit, names) : found;
}

/** Looked up when asked for, like all that only a report of this finding shows. */
function withPath(found: Finding, system: System, hit: Hit, names: Masked): Finding {
  const isWay = late(() => hit.walk !== undefined && hit.walk.length > 0);
  const steps = late(() =>
    isWay() ? (hit.steps ?? []).map((each) => step(system, each, names)) : undefined,
  );
  const shown = { enumerable: true, configurable: true };
  return Object.defineProperties(found, {
    steps: { get: steps, ...shown },
    sources: { get: () => (isWay() ? names.all(hit.sources ?? []) : undefined), ...shown },
  });
}

function fixOf({ rule, fixAt, edit }: Hit, names: Masked): Fix {
  const patch = edit();
  return {
    say: rule.fix.say,
    file: fixAt.origin.source.file,
    path: fixAt.path.map(names.of),
    edit: patch,
    yaml: mask(writeEdit(fixAt.path, patch)),
  };
}

export const riskOf = ({ probability, impact, exploitability, score, why }: Assessed): Risk => ({
  probability,
  impact,
  exploitability,
  score,
  get why() {
    const [p, i, e] = why();
    return [mask(p), mask(i), mask(e)] as const;
  },
});

type Stepped = Anchor & { readonly node: string; readonly text: string };

function step(system: System, { node, text, ...anchor }: Stepped, names: Masked): Step {
  // An action stands in the layer of its tool.
  const component = system.byId.get(node) ?? system.byId.get(node.split('.', 1)[0]!);
  const placed = late(() => written(anchor));
  return {
    node: names.of(node),
    ...(component && { layer: component.layer }),
    text: mask(text),
    get location() {
      return placed().location;
    },
    get snippet() {
      return placed().snippet;
    },
  };
}

function unknown(system: System, doubt: Doubt, names: Masked): Unknown {
  return {
    rule: doubt.rule.id,
    system: names.of(system.name),
    subject: doubt.subject.map(names.of),
    facts: doubt.facts.map(names.of),
    ...written(doubt.anchor),
  };
}

/** Where a key is written, or the nearest parent somebody wrote. */
export function written({ origin, path }: Anchor): Placed {
  const { start, end } = origin.find(path);
  return origin.source.place(start, Math.max(end, start + 1));
}

/** Equal findings (two flows between the same ends) are told apart by a count that only equals share. */
function identity(system: System, { rule, subject, detail }: Hit, ordinal: number): string {
  const named = unnumbered(detail);
  return fingerprint(rule.id, system.name, subject, ordinal === 0 ? named : `${named}#${ordinal}`);
}

/** How many equals a hit has before it. */
function ordinalOf({ rule, subject, detail }: Hit, ordinals: Map<string, number>): number {
  const key = JSON.stringify([rule.id, subject, unnumbered(detail)]);
  const ordinal = ordinals.get(key) ?? 0;
  ordinals.set(key, ordinal + 1);
  return ordinal;
}

const unnumbered = (detail: string): string => (NUMBERED.test(detail) ? withoutNumbers(detail) : detail);
const NUMBERED = /(?:^|\.)\d+(?:\.|$)/;
const withoutNumbers = (detail: string): string =>
  detail
    .split('.')
    .filter((part) => !/^\d+$/.test(part))
    .join('.');

/** Worst first: by severity, then by risk; then by file, by place, by rule. */
export const byWeight = (a: Finding, b: Finding): number =>
  rankOf(a.severity) - rankOf(b.severity) ||
  (b.risk?.score ?? 0) - (a.risk?.score ?? 0) ||
  byCodeUnit(a.location.file, b.location.file) ||
  a.location.line - b.location.line ||
  a.location.column - b.location.column ||
  byCodeUnit(a.rule, b.rule) ||
  byCodeUnit(a.fingerprint, b.fingerprint);
