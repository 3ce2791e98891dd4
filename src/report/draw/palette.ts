import { LAYERS, type Layer, type Severity } from '../../finding/severity.ts';
import { KINDS, type Kind, language } from '../../model/language.ts';

/** Light ground, strong line and ink on it: 4.5 to 1 at least between ink and ground (WCAG 2.2, 1.4.3). */
export interface Colors {
  readonly fill: string;
  readonly line: string;
  readonly ink: string;
  /** The line on a dark ground. */
  readonly glow: string;
}

/** What a component is drawn as: one of the seven layers, or an actor, which stands outside of them. */
export type Group = Exclude<Layer, 'cross-layer'> | 'actors';

/** Columns of the picture and entries of its legend: who is outside, then the layers as CSA orders them. */
export const GROUPS: readonly Group[] = ['actors', ...LAYERS.filter((layer) => layer !== 'cross-layer')];

const BY_KIND = new Map(Object.values(language.sections).map(({ kind, layer }) => [kind, layer]));

export const groupOf = (kind: Kind): Group => (BY_KIND.get(kind) as Group | null | undefined) ?? 'actors';

/** Kinds that are drawn, in the order of the language. */
export const kindsOf = (group: Group): readonly Kind[] =>
  KINDS.filter((kind) => kind !== 'boundary' && groupOf(kind) === group);

export const COLORS: Readonly<Record<Group, Colors>> = {
  actors: { fill: '#eef1f4', line: '#57606a', ink: '#1f2328', glow: '#9da7b3' },
  'foundation-models': { fill: '#f4ecff', line: '#8250df', ink: '#2e1461', glow: '#bc8cff' },
  'data-operations': { fill: '#e1f1ff', line: '#0969da', ink: '#0a3069', glow: '#58a6ff' },
  'agent-frameworks': { fill: '#dff7e4', line: '#1a7f37', ink: '#0b3d1a', glow: '#56d364' },
  'deployment-infrastructure': { fill: '#fdeede', line: '#bc6a1c', ink: '#4d2600', glow: '#f0a35e' },
  'evaluation-observability': { fill: '#fff7cc', line: '#9a7a00', ink: '#3b2f00', glow: '#e3c341' },
  'security-compliance': { fill: '#d9f4f1', line: '#0b7a75', ink: '#063c3a', glow: '#4fd1c5' },
  'agent-ecosystem': { fill: '#fdeaf4', line: '#bf3989', ink: '#5a0b3c', glow: '#f778ba' },
};

/** The line around what a finding of this severity is about, and how thick it is in pixels. */
export const ALARMS: Readonly<Record<Severity, { readonly line: string; readonly width: number }>> = {
  critical: { line: '#a40e26', width: 4 },
  high: { line: '#cf222e', width: 3 },
  medium: { line: '#bc4c00', width: 2.5 },
  low: { line: '#7d4e00', width: 2 },
};

export const UNTRUSTED = '#cf222e';
export const PATH = '#d1242f';
export const LINE = '#57606a';
