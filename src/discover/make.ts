import type { Fact, FactKind, FactLink, FactValue } from './fact.ts';
import { given, known, type Spot, sourceAt } from './tree.ts';

/** What a reader says about one thing; what it leaves out is empty. */
interface Said {
  readonly kind: FactKind;
  readonly name: string;
  readonly spot: Spot;
  /** Keys that lead to it in its file. */
  readonly path: readonly string[];
  readonly reader: string;
  readonly attributes?: Readonly<Record<string, FactValue | null>>;
  readonly controls?: Readonly<Record<string, FactValue | null>>;
  readonly links?: readonly FactLink[];
  readonly confidence?: Fact['confidence'];
}

/** A fact about what runs, declared unless said otherwise. */
export const makeFact = ({
  kind,
  name,
  spot,
  path,
  reader,
  attributes,
  controls,
  links,
  confidence,
}: Said): Fact => ({
  kind,
  name,
  attributes: known(attributes ?? {}),
  controls: known(controls ?? {}),
  links: links ?? [],
  source: sourceAt(spot, ...path),
  plane: 'runtime',
  confidence: confidence ?? 'declared',
  reader,
});

/** A reference that `spot` shows, from a fact of `file`. */
export function linkTo(
  as: string,
  toKind: FactKind,
  to: string,
  spot: Spot,
  file: string,
  attributes?: Readonly<Record<string, FactValue>>,
): FactLink {
  const { value: _, ...place } = given('', spot, file);
  return { as, to, toKind, ...place, ...(attributes ? { attributes } : {}) };
}

/** Names of providers that stand before the `/` of a model's name, and prefixes that show one where none is written. */
const PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/^(?:gpt-|o[134](?:-|$)|chatgpt-|text-embedding-|davinci)/, 'openai'],
  [/^claude-/, 'anthropic'],
  [/^gemini-/, 'google'],
  [/^(?:mistral-|mixtral|codestral|ministral)/, 'mistral'],
  [/^command-/, 'cohere'],
  [/^deepseek-/, 'deepseek'],
  [/^grok-/, 'xai'],
];

/** `openai/gpt-4o` as provider and version; the provider of a bare name only where the name shows it. */
export function modelParts(written: string): { provider: string | null; version: string } {
  const cut = written.indexOf('/');
  if (cut > 0 && !written.startsWith('.'))
    return { provider: written.slice(0, cut), version: written.slice(cut + 1) };
  return { provider: PREFIXES.find(([prefix]) => prefix.test(written))?.[1] ?? null, version: written };
}

/** A model that a configuration names in one text. */
export function modelFact(written: string, spot: Spot, path: readonly string[], reader: string): Fact {
  const { provider, version } = modelParts(written);
  return makeFact({
    kind: 'model',
    name: written,
    spot,
    path,
    reader,
    attributes: {
      provider: provider === null ? null : given(provider, spot, spot.file),
      version: given(version, spot, spot.file),
    },
  });
}
