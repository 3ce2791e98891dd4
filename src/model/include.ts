import type { Problem } from '../finding/finding.ts';
import { checkPart, problemAt } from './check.ts';
import { decode } from './decode.ts';
import { type Data, isDataMap, readYaml, type YamlFile } from './yaml.ts';

/** How included files are found and read: the program passes in a disk. Files go by the names that reports use. */
export interface Library {
  /**
   * The files that a path or pattern stands for, seen from the file that says it, in name order; or, as a clause that
   * follows the pattern, why there are none.
   */
  readonly find: (pattern: string, from: string) => Promise<readonly string[] | string>;
  readonly read: (file: string) => Uint8Array | Problem;
}

/** One file on the way from the description to what is read now, and the number of the pattern that leads on. */
interface Stage {
  readonly yaml: YamlFile;
  readonly at: readonly string[];
}

export interface Gathered {
  /** The description itself, then what it includes, each file once. */
  readonly files: YamlFile[];
  readonly problems: Problem[];
}

/** Reads everything a description includes, and what that includes in turn. */
export async function gather(main: YamlFile, library: Library): Promise<Gathered> {
  const gathered: Gathered = { files: [main], problems: [] };
  await follow([], main, { ...gathered, library, known: new Set([main.source.file]) });
  return gathered;
}

interface Walk extends Gathered {
  readonly library: Library;
  readonly known: Set<string>;
}

async function follow(trail: readonly Stage[], yaml: YamlFile, walk: Walk): Promise<void> {
  for (const { pattern, at } of patternsOf(yaml)) {
    const found = await walk.library.find(pattern, yaml.source.file);
    if (typeof found === 'string') {
      const suggestion = 'Write a path or a pattern from this file, such as `agents/*.yaml`';
      walk.problems.push(problemAt(yaml, at, 'include', `\`${pattern}\` ${found}`, suggestion, 'value'));
      continue;
    }
    const stages = [...trail, { yaml, at }];
    // A pattern may fit the very file that says it.
    const others = found.length > 1 ? found.filter((name) => name !== yaml.source.file) : found;
    for (const name of others) {
      const circle = stages.findIndex((stage) => stage.yaml.source.file === name);
      if (circle >= 0) walk.problems.push(inCircle(stages.slice(circle), name));
      else if (!walk.known.has(name)) await take(name, stages, walk);
    }
  }
}

async function take(name: string, stages: readonly Stage[], walk: Walk): Promise<void> {
  walk.known.add(name);
  const part = readPart(name, walk.library);
  if (Array.isArray(part)) {
    walk.problems.push(...part);
    return;
  }
  walk.files.push(part);
  await follow(stages, part, walk);
}

function readPart(name: string, library: Library): YamlFile | Problem[] {
  const bytes = library.read(name);
  if (!(bytes instanceof Uint8Array)) return [bytes];
  const text = decode(name, bytes);
  if (typeof text !== 'string') return [text];
  const yaml = readYaml(name, text);
  const problems = yaml.problems.length > 0 ? [...yaml.problems] : checkPart(yaml);
  return problems.length > 0 ? problems : yaml;
}

function patternsOf({ data }: YamlFile): { pattern: string; at: string[] }[] {
  const written: Data = isDataMap(data) ? (data['include'] ?? null) : null;
  const patterns = Array.isArray(written) ? written : [];
  return patterns.map((each, i) => ({ pattern: String(each), at: ['include', String(i)] }));
}

/** Both ends: the line that closes the circle, and the one that leads into it. */
function inCircle(circle: readonly Stage[], name: string): Problem {
  const first = circle[0]!;
  const last = circle.at(-1)!;
  const way = [...circle.map(({ yaml }) => yaml.source.file), name].join(' → ');
  const alone = circle.length === 1;
  const message = alone ? `\`${name}\` includes itself` : `These files include each other: ${way}`;
  const problem = problemAt(last.yaml, last.at, 'include-circle', message, 'Remove one of them', 'value');
  if (alone) return { ...problem, suggestion: 'Remove it' };
  const { start, end } = first.yaml.find(first.at, 'value');
  return {
    ...problem,
    related: { message: 'the circle begins here', ...first.yaml.source.place(start, end) },
  };
}
