import { readdirSync, readFileSync } from 'node:fs';
import { loadText } from '../../src/model/load.ts';
import type { System } from '../../src/model/system.ts';
import { type Data, readYaml } from '../../src/model/yaml.ts';
import { applyEdit } from '../../src/rules/apply.ts';
import { checkControls } from '../../src/rules/check-controls.ts';
import { evaluate } from '../../src/rules/evaluate.ts';
import type { Hit, Rule } from '../../src/rules/hit.ts';
import { loadRule, type RuleTest } from '../../src/rules/load.ts';
import { loadVocabulary, runnable } from '../../src/rules/load-vocabulary.ts';
import { mapExpressions } from '../../src/rules/rule.ts';
import { contextOf, header } from '../../src/rules/rule-tests.ts';
import { readThreats } from '../../src/rules/threats.ts';
import type { Vocabulary } from '../../src/rules/vocabulary.ts';

const RULES = new URL('../../rules/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, RULES), 'utf8');

export const threats: ReadonlySet<string> = new Set(readThreats(read('threats.yaml')).map(({ id }) => id));
/** The vocabulary as the files give it, run by the expression engine: nothing compiled takes part. */
export const vocabulary: Vocabulary = runnable(
  loadVocabulary('rules/controls.yaml', read('controls.yaml'), threats).controls,
);

/** One rule file of the pack, loaded as a company's own would be. */
export interface LoadedFile {
  readonly folder: string;
  readonly name: string;
  readonly problems: readonly string[];
  /** null when there are problems. */
  readonly rule: Rule | null;
  readonly tests: readonly RuleTest[];
}

/** Every file of rules/<layer>/, in the order of folders and names. */
export const ruleFiles: readonly LoadedFile[] = readdirSync(RULES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: folder }) =>
    readdirSync(new URL(`${folder}/`, RULES)).map((file) => loadFile(folder, file)),
  )
  .sort((a, b) => (`${a.folder}/${a.name}` < `${b.folder}/${b.name}` ? -1 : 1));

function loadFile(folder: string, file: string): LoadedFile {
  const path = `${folder}/${file}`;
  const { loaded, problems } = loadRule(`rules/${path}`, read(path), { vocabulary, threats });
  return {
    folder,
    name: file.replace(/\.yaml$/, ''),
    problems: problems.map(({ message, location }) => `${path}:${location?.line}: ${message}`),
    rule: loaded && mapExpressions(loaded.rule, (checked) => checked.run),
    tests: loaded?.tests ?? [],
  };
}

export const rules: readonly Rule[] = ruleFiles.flatMap(({ rule }) => (rule ? [rule] : []));

/** The description that a rule's test carries, as data. */
export const dataOf = (test: RuleTest): Data => readYaml(test.name, header(test.model)).data;

/** Builds the system that `data` describes. JSON is YAML, and keeps texts that look like numbers apart from numbers. */
export function systemOf(data: Data): System {
  const loaded = loadText('description', JSON.stringify(data));
  const problems =
    loaded.is === 'system'
      ? checkControls(loaded.system, vocabulary)
      : loaded.is === 'invalid'
        ? loaded.problems
        : [];
  if (loaded.is !== 'system' || problems.length > 0)
    throw new Error(problems.map(({ message }) => message).join('\n') || 'not a description');
  return loaded.system;
}

export const hitsOf = (data: Data, which: readonly Rule[]): readonly Hit[] =>
  evaluate(systemOf(data), which, vocabulary, contextOf([])).hits;

/** `data` with the remedy of each hit applied, one after the other. */
export const remedied = (data: Data, hits: readonly Hit[]): Data =>
  hits.reduce((edited, { edit, fixAt }) => applyEdit(edited, fixAt.path, edit()), data);

/** What tells findings apart when two runs are compared. */
export const nameOf = ({ rule, subject, detail }: Hit): string =>
  `${rule.id}: ${subject.join(', ')}${detail === '' ? '' : ` (${detail})`}`;
