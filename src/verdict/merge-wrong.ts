import type { Problem } from '../finding/finding.ts';
import type { NamedPart } from './part.ts';

/** Missing shards and systems that one message names. */
const MOST = 10;

/** What keeps parts from being one lint; empty when they are. Parts come in the order of their shards. */
export function notOneRun(parts: readonly NamedPart[]): Problem[] {
  const [first, ...others] = parts;
  if (!first) return [];
  const { version } = first.part.verdict;
  const { of } = first.part.shard;
  return [
    ...others
      .filter(({ part }) => part.verdict.version !== version)
      .map(({ name, part }) =>
        wrong(
          'parts-version',
          name,
          `This report is of maestro ${part.verdict.version}, and ${first.name} of ${version}`,
          'Use one version for all parts',
        ),
      ),
    ...others
      .filter(({ part }) => part.shard.of !== of)
      .map(({ name, part }) =>
        wrong('parts-split', name, `This is one of ${part.shard.of} parts, and ${first.name} one of ${of}`),
      ),
    ...missing(parts, of, first.name),
    ...twice(parts),
    ...sameRules(parts),
    ...sameSystems(parts),
  ];
}

const wrong = (code: string, file: string, message: string, suggestion?: string): Problem => ({
  code,
  message,
  file,
  location: null,
  snippet: null,
  ...(suggestion === undefined ? {} : { suggestion }),
});

function missing(parts: readonly NamedPart[], of: number, file: string): Problem[] {
  const there = new Set(parts.filter(({ part }) => part.shard.of === of).map(({ part }) => part.shard.index));
  const left = of - there.size;
  if (left === 0) return [];
  const names: string[] = [];
  for (let index = 1; index <= of && names.length < MOST; index++)
    if (!there.has(index)) names.push(`${index}/${of}`);
  const more = left > names.length ? ` and ${left - names.length} more` : '';
  const message = `Parts are missing: ${names.join(', ')}${more}. Nothing is known about what they hold`;
  return [wrong('parts-missing', file, message, 'Give the reports of all parts')];
}

function twice(parts: readonly NamedPart[]): Problem[] {
  const first = new Map<string, string>();
  return parts.flatMap(({ name, part: { shard } }) => {
    const key = `${shard.index}/${shard.of}`;
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, name);
      return [];
    }
    return [wrong('parts-twice', name, `This is part ${key}, and so is ${earlier}`, 'Give each part once')];
  });
}

/** Parts that were judged by different rules are no verdict on the whole. */
function sameRules(parts: readonly NamedPart[]): Problem[] {
  const first = new Map<string, { readonly rule: string; readonly name: string }>();
  return parts.flatMap(({ name, part }) => {
    const other = part.verdict.rules.find((rule) => {
      const earlier = first.get(rule.id);
      first.set(rule.id, earlier ?? { rule: JSON.stringify(rule), name });
      return earlier !== undefined && earlier.rule !== JSON.stringify(rule);
    });
    if (!other) return [];
    const message = `The rule ${other.id} is not the same here as in ${first.get(other.id)!.name}`;
    return [wrong('parts-rules', name, message, 'Lint all parts with the same config and rule packs')];
  });
}

/** Baselines and waivers go by the name of the system; parts that hold one file were not split by `--shard`. */
function sameSystems(parts: readonly NamedPart[]): Problem[] {
  const first = new Map<string, { readonly path: string; readonly name: string }>();
  return parts.flatMap(({ name, part }) => {
    const doubled = part.verdict.files.flatMap(({ status, system, path }) => {
      if (status !== 'linted' || system === null) return [];
      const earlier = first.get(system);
      if (earlier === undefined) first.set(system, { path, name });
      return earlier === undefined ? [] : [{ system, path, earlier }];
    });
    return doubled.slice(0, MOST).map(({ system, path, earlier }) => {
      const where = earlier.path === path ? earlier.name : `${earlier.path} in ${earlier.name}`;
      const message = `The system \`${system}\` of ${path} is also in ${where}`;
      return wrong(
        'duplicate-system',
        name,
        message,
        'Each system belongs into one part, under a name of its own',
      );
    });
  });
}
