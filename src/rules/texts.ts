import { language } from '../model/language.ts';
import { byCodeUnit, type System } from '../model/system.ts';
import { type Data, type DataMap, isDataMap, type Path, type YamlFile } from '../model/yaml.ts';
import type { Member } from './member.ts';

/**
 * One text that somebody wrote, with where it belongs. There are tens of thousands in a large description and findings
 * about a few, so the way to it is only put together when asked for.
 */
export class WrittenText implements Member {
  declare readonly value: string;
  declare private readonly owner: Owner;
  declare private readonly way: Way | null;

  constructor(value: string, owner: Owner, way: Way | null) {
    this.value = value;
    this.owner = owner;
    this.way = way;
  }

  get ids(): readonly string[] {
    return this.owner.ids;
  }

  get origin(): YamlFile {
    return this.owner.origin;
  }

  /** Members of a list go by the key of the list: their order says nothing. */
  get key(): string {
    return steps(this.way)
      .flatMap(({ step, isItem }) => (isItem ? [] : [step]))
      .join('.');
  }

  get path(): Path {
    return [...this.owner.path, ...steps(this.way).map(({ step }) => step)];
  }

  get fixAt(): Path {
    return this.path.slice(0, -1);
  }
}

interface Owner {
  readonly ids: readonly string[];
  readonly origin: YamlFile;
  readonly path: Path;
}

/** The last step to a text, and the way to there. */
interface Way {
  readonly up: Way | null;
  readonly step: string;
  readonly isItem: boolean;
}

function steps(way: Way | null): Way[] {
  const found: Way[] = [];
  for (let at = way; at !== null; at = at.up) found.push(at);
  return found.reverse();
}

/**
 * The texts of a description that are wanted, component by component in id order, then what belongs to none. Files that
 * `mayHold` says no to are left out.
 */
export function textsOf(
  system: System,
  wanted: (text: string) => boolean,
  mayHold: (file: YamlFile) => boolean,
): WrittenText[] {
  const found: WrittenText[] = [];
  const files = new Set(system.files.filter(mayHold));
  if (files.size === 0) return found;
  const add = (owner: Owner, data: Data) => {
    if (files.has(owner.origin)) walk(owner, data, null, wanted, found);
  };
  for (const { id, raw, origin, path } of system.components) add({ ids: [id], origin, path }, raw);
  for (const origin of system.files) {
    const root = origin.data as DataMap;
    for (const section of Object.keys(root).sort(byCodeUnit)) {
      if (Object.hasOwn(language.sections, section)) continue;
      add({ ids: [section], origin, path: [section] }, root[section]!);
    }
  }
  return found;
}

function walk(
  owner: Owner,
  data: Data,
  way: Way | null,
  wanted: (text: string) => boolean,
  found: WrittenText[],
): void {
  if (typeof data === 'string') {
    if (wanted(data)) found.push(new WrittenText(data, owner, way));
  } else if (Array.isArray(data)) {
    for (const [i, each] of data.entries()) {
      walk(owner, each, { up: way, step: String(i), isItem: true }, wanted, found);
    }
  } else if (isDataMap(data)) {
    for (const name of Object.keys(data).sort(byCodeUnit)) {
      walk(owner, data[name]!, { up: way, step: name, isItem: false }, wanted, found);
    }
  }
}
