import type { ReportingDescriptorRelationship, ToolComponent } from 'sarif';
import type { RuleInfo } from '../verdict/verdict.ts';
import { sarifMessage } from './escape.ts';

/** A published list that threats refer to, as `rules/frameworks.yaml` has it. */
export interface FrameworkInfo {
  readonly id: string;
  readonly name: string;
  readonly version?: string;
  /** What references to it start with; its id when left out. */
  readonly prefix?: string;
  /** Third part of a reference, where the list is renumbered between editions. */
  readonly edition?: string;
  readonly url?: string;
  /** Id to title. */
  readonly entries: Readonly<Record<string, string>>;
}

/** `owasp-asi:ASI03:2026` in its parts. */
export interface Reference {
  readonly prefix: string;
  readonly entry: string;
  readonly edition: string | undefined;
}

export function parseReference(text: string): Reference {
  const [prefix = '', entry = '', edition] = text.split(':');
  return { prefix, entry, edition };
}

export interface Taxonomies {
  /** One a framework that is referred to, with only the entries that are. */
  readonly components: readonly ToolComponent[];
  readonly relationshipsOf: (rule: RuleInfo) => ReportingDescriptorRelationship[];
}

/** The frameworks that `rules` refer to, as SARIF has them; `referencesOf` gives a rule's references. */
export function taxonomies(
  rules: readonly RuleInfo[],
  referencesOf: (rule: RuleInfo) => readonly string[],
  frameworks: readonly FrameworkInfo[],
): Taxonomies {
  const used = new Map<FrameworkInfo, Set<string>>();
  for (const text of rules.flatMap(referencesOf)) {
    const reference = parseReference(text);
    const framework = frameworkOf(reference, frameworks);
    if (framework) used.set(framework, (used.get(framework) ?? new Set()).add(reference.entry));
  }
  // In the order of the data file, so that the same rules give the same file.
  const shown = frameworks.filter((framework) => used.has(framework));
  const entriesOf = shown.map((framework) => {
    const entries = used.get(framework)!;
    return Object.keys(framework.entries).filter((id) => entries.has(id));
  });

  const known: (FrameworkInfo | undefined)[] = shown;
  const relationship = (text: string): ReportingDescriptorRelationship[] => {
    const reference = parseReference(text);
    const index = known.indexOf(frameworkOf(reference, frameworks));
    const entry = entriesOf[index]?.indexOf(reference.entry) ?? -1;
    if (entry < 0) return [];
    const toolComponent = { name: shown[index]!.id, index };
    return [{ target: { id: reference.entry, index: entry, toolComponent }, kinds: ['relevant'] }];
  };

  return {
    components: shown.map((framework, i) => component(framework, entriesOf[i]!)),
    relationshipsOf: (rule) => referencesOf(rule).flatMap(relationship),
  };
}

const frameworkOf = (reference: Reference, frameworks: readonly FrameworkInfo[]): FrameworkInfo | undefined =>
  frameworks.find(
    ({ id, prefix = id, edition = reference.edition }) =>
      prefix === reference.prefix && edition === reference.edition,
  );

const component = (framework: FrameworkInfo, entries: readonly string[]): ToolComponent => ({
  name: framework.id,
  fullName: framework.name,
  ...(framework.version && { version: framework.version }),
  ...(framework.url && { informationUri: framework.url }),
  shortDescription: { text: sarifMessage(framework.name) },
  isComprehensive: false,
  taxa: entries.map((id) => ({ id, shortDescription: { text: sarifMessage(framework.entries[id]!) } })),
});
