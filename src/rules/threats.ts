import { type DataMap, isDataMap, readYaml } from '../model/yaml.ts';

/** A threat of the catalogue: facts and ids, with one sentence of ours. */
export interface Threat {
  readonly id: string;
  readonly layer: string;
  readonly title: string;
  /** Whether a description can show it: from its facts, only through a declared control, or not at all. */
  readonly visible: 'direct' | 'declared' | 'none';
  /** References into frameworks: `owasp-asi:ASI03:2026`. */
  readonly refs: readonly string[];
  readonly means: string;
  /** Why no rule looks at it although a description could show it. */
  readonly noRule?: string;
}

export interface Framework {
  readonly id: string;
  readonly name: string;
  readonly version?: string;
  /** First part of a reference. */
  readonly prefix: string;
  /** Third part of a reference, where the framework has editions. */
  readonly edition?: string;
  readonly url?: string;
  readonly entries: Readonly<Record<string, string>>;
}

/** Reads rules/threats.yaml; the file is ours, so a mistake in it is thrown. */
export const readThreats = (text: string): Threat[] =>
  items(text, 'threats').map((raw) => ({
    id: String(raw['id']),
    layer: String(raw['layer']),
    title: String(raw['title']),
    visible: String(raw['visible']) as Threat['visible'],
    refs: Array.isArray(raw['refs']) ? raw['refs'].map(String) : [],
    means: String(raw['means'] ?? ''),
    ...(raw['no_rule'] ? { noRule: String(raw['no_rule']) } : {}),
  }));

/** Reads rules/frameworks.yaml. */
export const readFrameworks = (text: string): Framework[] =>
  items(text, 'frameworks').map((raw) => ({
    id: String(raw['id']),
    name: String(raw['name']),
    prefix: String(raw['prefix']),
    ...(raw['version'] ? { version: String(raw['version']) } : {}),
    ...(raw['edition'] ? { edition: String(raw['edition']) } : {}),
    ...(raw['url'] ? { url: String(raw['url']) } : {}),
    entries: Object.fromEntries(
      Object.entries(raw['entries'] as DataMap).map(([id, title]) => [id, String(title)]),
    ),
  }));

function items(text: string, key: string): DataMap[] {
  const { data, problems } = readYaml(key, text);
  if (problems[0]) throw new Error(`${key}: ${problems[0].message}`);
  const list = isDataMap(data) ? data[key] : null;
  if (!Array.isArray(list)) throw new Error(`${key}: a list is missing`);
  return list.filter(isDataMap);
}
