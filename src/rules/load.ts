import { validate } from '../../build/validate-rule.js';
import type { Problem } from '../finding/finding.ts';
import { LAYERS } from '../finding/severity.ts';
import { checkSchema } from '../model/schema-errors.ts';
import { type DataMap, readYaml, type YamlFile } from '../model/yaml.ts';
import type { Checked } from './cel.ts';
import { Expressions } from './expressions.ts';
import { openTexts } from './fills.ts';
import { formOf } from './form.ts';
import { keyProblem } from './keys.ts';
import { unknownThreats } from './load-vocabulary.ts';
import { place } from './problem.ts';
import type { RuleOf } from './rule.ts';
import { type TestPlace, testPlace } from './test-place.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a rule file may refer to. */
export interface Catalogue {
  readonly vocabulary: Vocabulary;
  readonly threats: ReadonlySet<string>;
}

/** One test of a rule, as its file gives it. */
export interface RuleTest {
  readonly name: string;
  readonly model: string;
  readonly finds: readonly { readonly subject: string; readonly at: string | null }[];
  readonly unknown: readonly string[] | null;
  /** Evidence that counts as not there. */
  readonly absent: readonly string[];
  readonly place: TestPlace;
}

export interface LoadedRule {
  readonly rule: RuleOf<Checked>;
  readonly tests: readonly RuleTest[];
  readonly file: YamlFile;
}

/** Reads one rule file. Everything wrong with it comes back at once; a rule comes back only when nothing is. */
export function loadRule(
  path: string,
  text: string,
  catalogue: Catalogue,
): { loaded: LoadedRule | null; problems: Problem[] } {
  const file = readYaml(path, text);
  if (file.problems.length > 0) return { loaded: null, problems: [...file.problems] };
  const wrong = checkSchema(file, validate);
  if (wrong.length > 0) return { loaded: null, problems: wrong };
  const data = file.data as DataMap;
  const problems = [...placement(file, data, path), ...references(file, data, catalogue)];
  const expressions = new Expressions(file, catalogue.vocabulary);
  const form = formOf(file, data, expressions, catalogue.vocabulary);
  const edit = ((data['fix'] as DataMap)['edit'] as DataMap | undefined) ?? {};
  const fills = [...openTexts(edit)].map(({ path: at, text: open }) => ({
    path: at,
    template: expressions.template(open, ['fix', 'edit', ...at], form.names),
  }));
  problems.push(...form.problems, ...expressions.problems);
  if (problems.length > 0 || !form.form) return { loaded: null, problems };
  const rule = assemble(data, form.form, form.message, fills);
  return { loaded: { rule, tests: testsOf(file, data), file }, problems: [] };
}

function assemble(
  data: DataMap,
  form: RuleOf<Checked>['form'],
  message: RuleOf<Checked>['message'],
  fills: RuleOf<Checked>['fix']['fills'],
): RuleOf<Checked> {
  const text = (key: string) => String(data[key] ?? '');
  const list = (key: string) => ((data[key] as string[] | undefined) ?? []).map(String);
  const fix = data['fix'] as DataMap;
  return {
    id: text('id'),
    title: text('title'),
    layer: text('layer') as RuleOf<Checked>['layer'],
    severity: text('severity') as RuleOf<Checked>['severity'],
    confidence: text('confidence') as RuleOf<Checked>['confidence'],
    profile: (data['profile'] as RuleOf<Checked>['profile'] | undefined) ?? null,
    plane: (data['plane'] as RuleOf<Checked>['plane'] | undefined) ?? 'runtime',
    since: text('since'),
    threats: list('threats'),
    supersedes: list('supersedes'),
    why: text('why').trim(),
    at: text('at'),
    message,
    fix: {
      say: String(fix['say']),
      edit: (fix['edit'] as DataMap | undefined) ?? {},
      fills,
      on: (fix['on'] as RuleOf<Checked>['fix']['on'] | undefined) ?? 'subject',
    },
    form,
  };
}

const testsOf = (file: YamlFile, data: DataMap): RuleTest[] =>
  (data['tests'] as DataMap[]).map((test, i) => ({
    name: String(test['name']),
    model: String(test['model']),
    finds: (test['finds'] as DataMap[]).map((find) => ({
      subject: [find['subject']].flat().map(String).join(', '),
      at: typeof find['at'] === 'string' ? find['at'] : null,
    })),
    unknown: Array.isArray(test['unknown']) ? test['unknown'].map(String) : null,
    absent: Array.isArray(test['absent']) ? test['absent'].map(String) : [],
    place: testPlace(file, i),
  }));

/** A rule's id is the name of its file, its layer the name of its folder: one place less to look. */
function placement(file: YamlFile, data: DataMap, path: string): Problem[] {
  const parts = path.split('/');
  const name = parts.at(-1)!.replace(/\.ya?ml$/, '');
  const folder = parts.at(-2) ?? '';
  const problems: Problem[] = [];
  if (data['id'] !== name) {
    const message = `The id is \`${String(data['id'])}\` and the file is called \`${name}\``;
    problems.push(place(file, ['id'], 'rule-id', message, `Rename one of them: \`id: ${name}\``));
  }
  if ((LAYERS as readonly string[]).includes(folder) && data['layer'] !== folder) {
    const message = `The layer is \`${String(data['layer'])}\` and the folder is called \`${folder}\``;
    problems.push(
      place(file, ['layer'], 'rule-layer', message, `Move the file, or write \`layer: ${folder}\``),
    );
  }
  return problems;
}

function references(file: YamlFile, data: DataMap, { threats, vocabulary }: Catalogue): Problem[] {
  const problems: Problem[] = [];
  const named = ((data['threats'] as string[] | undefined) ?? []).map(String);
  problems.push(...unknownThreats(file, ['threats'], named, threats));
  const at = data['at'];
  if (typeof at === 'string' && typeof data['for'] === 'string') {
    const wrong = keyProblem(data['for'], at, vocabulary);
    if (wrong) problems.push(place(file, ['at'], 'unknown-key', wrong.message, wrong.suggestion));
  }
  return problems;
}
