import type { Location, Problem, Snippet } from '../finding/finding.ts';
import type { Path, YamlFile } from '../model/yaml.ts';

/** Where a test stands in its rule file. */
export interface TestPlace {
  readonly name: Location;
  /** The line its model begins on and how far it is indented; null when the model is no block of lines of its own. */
  readonly model: { readonly line: number; readonly indent: number } | null;
}

/** Where the test with this index is written; `above` leads to what holds the tests. */
export function testPlace(file: YamlFile, index: number, above: Path = []): TestPlace {
  const at = (key: string) => file.find([...above, 'tests', String(index), key], 'value');
  const name = file.source.locate(at('name').start, at('name').end);
  const { start } = at('model');
  const [head, ...lines] = file.source.text.slice(start).split('\n');
  const first = lines.find((line) => line.trim() !== '');
  if (!head!.startsWith('|') || first === undefined) return { name, model: null };
  return { name, model: { line: file.source.locate(start, start).line + 1, indent: first.search(/\S/) } };
}

/** A problem of a test's model as one of the rule file. `added` lines were put before the model to make it whole. */
export function inRuleFile(problem: Problem, { name, model }: TestPlace, added: number): Problem {
  const { location, snippet, related, ...rest } = problem;
  if (!location || !model || location.line <= added) {
    return { ...rest, file: name.file, location: name, snippet: null };
  }
  const shift = { file: name.file, down: model.line - 1 - added, right: model.indent };
  const moved = (one: Snippet) => moveSnippet(one, shift, added);
  return {
    ...rest,
    file: name.file,
    location: moveLocation(location, shift),
    snippet: snippet && moved(snippet),
    ...(related && {
      related: {
        ...related,
        location: moveLocation(related.location, shift),
        snippet: moved(related.snippet),
      },
    }),
  };
}

interface Shift {
  readonly file: string;
  readonly down: number;
  readonly right: number;
}

const moveLocation = (at: Location, { file, down, right }: Shift): Location => ({
  file,
  line: at.line + down,
  column: at.column + right,
  endLine: at.endLine + down,
  endColumn: at.endColumn + right,
});

/** Without the lines that were put before the model. */
function moveSnippet({ firstLine, lines, parent }: Snippet, { down, right }: Shift, added: number): Snippet {
  const indented = (text: string) => ' '.repeat(right) + text;
  const hidden = Math.max(0, added + 1 - firstLine);
  return {
    firstLine: firstLine + hidden + down,
    lines: lines.slice(hidden).map(indented),
    parent: parent && { line: parent.line + down, text: indented(parent.text) },
  };
}
