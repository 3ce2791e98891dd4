import { addTo } from '../finding/grouped.ts';
import { looksSecret } from '../finding/secrets.ts';
import { place } from './draft-facts.ts';
import { isExact, isFit, remark, scalar } from './draft-text.ts';
import type { Component, JoinedValue } from './join.ts';

/** What the draft has to ask the outside for. */
export interface Outside {
  /** Whether a control may stand on a kind of component; the vocabulary knows. */
  readonly mayStand: (control: string, kind: string) => boolean;
  /** A line of a file of the repository (from 1) as the linter will look it up; null when there is none. */
  readonly lineAt: (file: string, line: number) => string | null;
}

/** What a component shows of controls: those it can carry, as YAML, and words about the others. */
export interface Controls {
  readonly lines: readonly string[];
  /** Clauses for comments. */
  readonly remarks: readonly string[];
}

/** A control with the component that shows it; of a container's, that is not always the one that carries it. */
export type Shown = readonly [name: string, value: JoinedValue];

/** The controls of every component by its id: its own, and those of what runs on it that only a host can carry. */
export function controlsOf(
  components: readonly Component[],
  { mayStand }: Outside,
): ReadonlyMap<string, readonly Shown[]> {
  const byId = new Map(components.map((each) => [each.id, each]));
  const shown = new Map<string, Shown[]>();
  for (const component of components) {
    for (const [name, value] of Object.entries(component.controls)) {
      const hosts = component.links.filter(({ as }) => as === 'runs_on').map(({ to }) => byId.get(to));
      const [host] = hosts;
      const moves =
        !mayStand(name, component.kind) && hosts.length === 1 && host && mayStand(name, host.kind);
      const id = moves ? host.id : component.id;
      if (!shown.get(id)?.some(([known]) => known === name)) addTo(shown, id, [name, value]);
    }
  }
  return shown;
}

/** Writes down what is shown: with evidence where it is on, with its place where it is switched off. */
export function written(kind: string, shown: readonly Shown[], outside: Outside): Controls {
  const lines: string[] = [];
  const remarks: string[] = [];
  for (const [name, value] of [...shown].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const at = remark(place(value));
    if (!/^[a-z][a-z0-9_]*$/.test(name) || !outside.mayStand(name, kind)) continue;
    if (value.value !== false && value.value !== null && !isExact(value.file)) {
      remarks.push(`${name}: shown in a file whose name cannot be written down (${at})`);
    } else if (value.value === null) {
      remarks.push(`${name}: ${remark(value.unresolved ?? 'cannot be told from here')} (${at})`);
    } else if (value.value === false) {
      lines.push(`${name}: false  # switched off in ${at}`);
    } else if (value.value === true) {
      lines.push(...control(name, '', evidence(value, outside)));
    } else {
      const text = typeof value.value === 'string' ? value.value : value.value.join(', ');
      lines.push(...control(name, isFit(text) ? `value: ${scalar(text)}` : '', evidence(value, outside)));
    }
  }
  return { lines, remarks };
}

const MAX_LINE = 110;

/** On one line, or on several where that would be long. */
function control(name: string, parameter: string, evidence: string): string[] {
  const parts = [...(parameter === '' ? [] : [parameter]), `evidence: ${evidence}`];
  const line = `${name}: { ${parts.join(', ')} }`;
  return line.length <= MAX_LINE ? [line] : [`${name}:`, ...parts.map((part) => `  ${part}`)];
}

const MAX_CONTAINS = 120;

/** The file, and the text on that line, so that it is noticed when the line goes. */
function evidence(value: JoinedValue, { lineAt }: Outside): string {
  const { file } = value;
  const line = lineAt(file, value.line) ?? '';
  const text = [...line.trim()].slice(0, MAX_CONTAINS).join('').trim();
  // A bracket alone stands everywhere; a credential is not written down once more.
  const tells = /[\p{L}\p{N}]{3}/u.test(text) && /^[^\p{C}\p{Zl}\p{Zp}]*$/u.test(text) && !looksSecret(text);
  return tells ? `{ file: ${scalar(file)}, contains: ${scalar(text)} }` : scalar(file);
}
