import { ABOUT } from '../../build/about.ts';
import type { Finding, Problem, Unknown } from '../finding/finding.ts';
import { presentable } from '../finding/problems.ts';
import { mask } from '../finding/secrets.ts';
import type { Library } from '../model/include.ts';
import { type Loaded, loadDescription } from '../model/load.ts';
import { byCodeUnit, type System } from '../model/system.ts';
import { mayIgnore } from '../model/waivers.ts';
import type { Stated } from '../rules/assert.ts';
import { checkControls } from '../rules/check-controls.ts';
import { evaluateIn, worldOf } from '../rules/evaluate.ts';
import type { Hit, Rule } from '../rules/hit.ts';
import type { Pack } from '../rules/pack.ts';
import type { Context } from '../rules/world.ts';
import type { LintedSystem } from '../verdict/closing.ts';
import { pageOf } from '../verdict/pages.ts';
import { byWeight, place } from '../verdict/place.ts';
import { PLAIN_SILENCE, type SilencePolicy } from '../verdict/silence-policy.ts';
import type { FileRecord, RuleInfo, Verdict } from '../verdict/verdict.ts';
import type { Candidate } from './files.ts';
import { NO_PROGRESS, type Progress } from './progress.ts';
import type { Selection } from './selection.ts';
import { type Ran as SilencedRan, silenceRun } from './silence-run.ts';
import { statedBy } from './stated.ts';

/** What a run needs: where descriptions are, the rules for each, and what lies around them. */
export interface Task {
  readonly files: readonly Candidate[];
  readonly pack: Pack;
  readonly rulesFor: Selection;
  readonly context: Context;
  readonly library: Library;
  /** What lies around the descriptions and keeps findings from counting; left out, only what they say themselves. */
  readonly silence?: SilencePolicy;
  /** Descriptions of other parts of the same lint: what they include is no description that stands alone. */
  readonly others?: readonly Candidate[];
  /** Is told every system that is linted, with the rules that ran on it and what they found. */
  readonly seen?: (linted: LintedSystem, hits: readonly Hit[]) => void;
  /** Looks for more when everything was linted. */
  readonly after?: After;
  /**
   * Whether a file's folder, with all below it, is among what was searched: then an assertion in that file for a system
   * that is not here is for none. Left out, nobody asks.
   */
  readonly covers?: (file: string) => boolean;
}

/** One system of a run with the rules that ran on it. */
export interface Ran extends SilencedRan {
  /** Where its description is. */
  readonly path: string;
}

/** Looks at all systems of a run together, with what was found in them. */
export type After = (ran: readonly Ran[], findings: readonly Finding[]) => Promise<Aftermath>;

export interface Aftermath {
  readonly findings: readonly Finding[];
  readonly rules: readonly RuleInfo[];
  /** Ids of those that looked at a system. */
  readonly ran: (one: Ran) => readonly string[];
}

/**
 * Lints every file, one after the other; a file that cannot be read does not keep the others from being linted.
 * `wrong` is what was wrong before: paths that are not there, rules that cannot be loaded.
 */
export async function runLint(
  task: Task,
  wrong: readonly Problem[],
  progress: Progress = NO_PROGRESS,
): Promise<Verdict> {
  const run = new Run(task, wrong);
  try {
    for (const candidate of task.files) {
      progress.step(candidate.name);
      const loaded = await loadCandidate(candidate, task.library);
      run.add(candidate, loaded, loaded.is === 'system' ? await statedBy(loaded.system, task) : null);
    }
    if (run.hasAlone)
      for (const other of task.others ?? []) run.pass(await loadCandidate(other, task.library));
    if (task.after) await run.more(task.after);
    if (task.covers) await run.aim(task.covers);
  } finally {
    progress.done();
  }
  return run.verdict();
}

/** Reads one description with all it includes. What somebody named has to be one. */
export async function loadCandidate({ name, named }: Candidate, library: Library): Promise<Loaded> {
  const bytes = library.read(name);
  if (!(bytes instanceof Uint8Array))
    return { is: 'invalid', problems: [bytes], looksIncluded: false, included: [] };
  const loaded = await loadDescription(name, bytes, library);
  return loaded.is === 'foreign' && named ? notOurs(name) : loaded;
}

/** Mistakes of a description that only its surroundings show: a name that is taken, controls that no pack knows. */
export const problemsOf = (system: System, pack: Pack, others: Map<string, System>): Problem[] => [
  ...sameName(system, others),
  ...checkControls(system, pack.vocabulary),
];

class Run {
  private readonly task: Task;
  private readonly files = new Map<string, FileRecord>();
  private readonly findings: Finding[] = [];
  private readonly unknown: Unknown[] = [];
  private readonly errors: Problem[];
  private readonly remarks: Problem[] = [];
  private readonly used = new Map<string, Rule>();
  private readonly systems = new Map<string, System>();
  private ran: Ran[] = [];
  private moreRules: readonly RuleInfo[] = [];
  /** Files that say nothing of a system: wrong only when no other file includes them. */
  private readonly alone: { readonly name: string; readonly problems: readonly Problem[] }[] = [];

  /** Files that descriptions of other parts include. */
  private readonly elsewhere = new Set<string>();
  private readonly errorOrder: string[];

  constructor(task: Task, wrong: readonly Problem[]) {
    this.task = task;
    this.errors = [...wrong];
    this.errorOrder = wrong.map(() => ORDER.before);
  }

  get hasAlone(): boolean {
    return this.alone.length > 0;
  }

  /** Takes note of what a description of another part includes. */
  pass(loaded: Loaded): void {
    const included =
      loaded.is === 'system'
        ? loaded.system.files.map(({ source }) => source.file)
        : loaded.is === 'invalid'
          ? loaded.included
          : [];
    for (const file of included) this.elsewhere.add(file);
  }

  add({ name, path, named }: Candidate, loaded: Loaded, stated: Stated | null): void {
    if (loaded.is === 'foreign') this.record(name, 'skipped');
    else if (loaded.is === 'system') this.lint(name, path, loaded.system, stated!);
    else if (loaded.looksIncluded && !named) this.alone.push({ name, problems: loaded.problems });
    else {
      this.failed(name, loaded.problems);
      for (const other of loaded.included) this.record(other, 'failed');
    }
  }

  async more(after: After): Promise<void> {
    const { findings, rules, ran } = await after(this.ran, this.findings);
    this.findings.push(...findings);
    this.moreRules = rules;
    this.ran = this.ran.map((one) => ({ ...one, others: ran(one) }));
  }

  /** Nothing includes it. */
  private isAlone(name: string): boolean {
    return !this.files.has(name) && !this.elsewhere.has(name);
  }

  /** Takes note of assertions that are for no system here; one that cannot be read may be the one. */
  async aim(covers: (file: string) => boolean): Promise<void> {
    const { silence, others = [], library } = this.task;
    const names = new Set(this.systems.keys());
    const isRead = this.errors.length === 0 && !this.alone.some(({ name }) => this.isAlone(name));
    const isMissing = silence?.assertions.some(({ system }) => system !== null && !names.has(system));
    if (!isRead || !isMissing || names.size + others.length === 0) return;
    const { missedBy } = await import('./assert-rules.ts');
    const { errors, warnings } = await missedBy(silence!.assertions, {
      names,
      others,
      load: (other) => loadCandidate(other, library),
      covers,
    });
    this.errors.push(...errors);
    this.errorOrder.push(...errors.map(() => ORDER.after));
    this.remarks.push(...warnings);
  }

  verdict(): Verdict {
    for (const { name, problems } of this.alone)
      if (this.isAlone(name)) this.failed(name, problems, ORDER.alone);
    const { errors, ...counted } = this.counted();
    this.errors.push(...errors);
    this.errorOrder.push(...errors.map(() => ORDER.after));
    return {
      version: ABOUT.version,
      complete: this.errors.length === 0,
      files: [...this.files.values()].sort((a, b) => byCodeUnit(a.path, b.path)),
      ...counted,
      warnings: [...this.remarks, ...counted.warnings],
      comparison: null,
      unknown: this.unknown,
      errors: this.errors,
      ...(this.task.others && { errorOrder: this.errorOrder }),
      rules: [
        ...[...this.used.values()].map((rule) => ruleInfo(rule, this.task.pack)),
        ...this.moreRules,
      ].sort((a, b) => byCodeUnit(a.id, b.id)),
    };
  }

  /** Nearly always nobody decided anything, and then nothing is asked. */
  private counted(): ReturnType<typeof silenceRun> {
    const { pack, context, silence = PLAIN_SILENCE } = this.task;
    const found = { findings: this.findings.sort(byWeight), unknown: this.unknown };
    const isPlain = silence.baseline === null && silence.waivers.length === 0 && silence.from === null;
    if (silence.isOff || (isPlain && !this.ran.some(({ system }) => decides(system))))
      return { findings: found.findings, waived: [], known: [], warnings: [], errors: [] };
    return silenceRun(found, this.ran, pack, silence, context.asOf);
  }

  private lint(name: string, path: string, described: System, stated: Stated): void {
    const { pack, rulesFor, context } = this.task;
    const system = withWaivers(described, this.task);
    const problems = [...problemsOf(system, pack, this.systems), ...stated.problems];
    if (problems.length > 0) {
      this.failed(name, problems);
      return;
    }
    const rules = rulesFor(path, stated.rules);
    this.ran.push({ system, rules, path });
    for (const rule of rules) this.used.set(rule.id, rule);
    const world = worldOf(system, pack.vocabulary, context);
    const result = evaluateIn(world, rules);
    const placed = place(system, result);
    this.task.seen?.({ system, rules, world }, result.hits);
    this.findings.push(...placed.findings);
    this.unknown.push(...placed.unknown);
    for (const file of system.files) {
      const own = system.components.filter(({ kind, origin }) => origin === file && kind !== 'boundary');
      const status = file === system.origin ? 'linted' : 'included';
      this.record(file.source.file, status, mask(system.name), own.length);
    }
  }

  private failed(name: string, problems: readonly Problem[], order: string = ORDER.file): void {
    const shown = presentable(problems);
    this.errors.push(...shown);
    this.errorOrder.push(...shown.map(() => `${order} ${name}`));
    this.record(name, 'failed');
  }

  private record(
    path: string,
    status: FileRecord['status'],
    system: string | null = null,
    components = 0,
  ): void {
    this.files.set(path, { path, status, system, components });
  }
}

/** In which order errors come, before the name of the file where there is one. */
const ORDER = { before: '0', file: '1', alone: '2', after: '3' } as const;

/** Something in a description may keep findings from counting. */
const decides = ({ waivers, files }: System): boolean =>
  waivers.length > 0 || files.some(({ source }) => mayIgnore(source.text));

/** A system with the waivers that `maestro.waivers.yaml` has for it, so that a rule sees when they are over. */
export function withWaivers(system: System, { silence }: Pick<Task, 'silence'>): System {
  const isMeant = (name: string | null) => name === null || name === system.name;
  const others = silence?.waivers.filter((waiver) => isMeant(waiver.system)) ?? [];
  return others.length === 0 ? system : { ...system, waivers: [...system.waivers, ...others] };
}

function notOurs(name: string): Loaded {
  const problem: Problem = {
    code: 'foreign',
    message: 'This is no description: it has none of the keys of the language',
    file: name,
    location: null,
    snippet: null,
    suggestion: 'Begin it with `maestro: 1`',
  };
  return { is: 'invalid', problems: [problem], looksIncluded: false, included: [] };
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

/** What reports say about a rule. */
export const ruleInfo = (rule: Rule, pack: Pack): RuleInfo => ({
  id: rule.id,
  title: rule.title,
  layer: rule.layer,
  severity: rule.severity,
  confidence: rule.confidence,
  profile: rule.profile,
  threats: rule.threats,
  why: rule.why,
  remedy: rule.fix.say,
  url: pageOf(rule.id, pack.builtIn),
});
