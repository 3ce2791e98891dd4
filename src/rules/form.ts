import type { Problem } from '../finding/finding.ts';
import type { DataMap, YamlFile } from '../model/yaml.ts';
import type { Checked } from './cel.ts';
import type { Expressions } from './expressions.ts';
import { attackOf, NODE, stopsOf } from './form-stops.ts';
import { type Names, namesOf, variableOf } from './names.ts';
import { place } from './problem.ts';
import type { FormOf, TemplateOf, Visit } from './rule.ts';
import type { Vocabulary } from './vocabulary.ts';

interface Parsed {
  readonly form: FormOf<Checked> | null;
  readonly message: TemplateOf<Checked>;
  /** Names that the message and the remedy may use. */
  readonly names: Names;
  readonly problems: Problem[];
}

const WHOLE: Names = { system: 'System' };

/** Reads which of the four forms a rule has, and compiles what that form holds. */
export function formOf(
  file: YamlFile,
  data: DataMap,
  expressions: Expressions,
  vocabulary: Vocabulary,
): Parsed {
  const given = ['for', 'each', 'path'].filter((key) => data[key] !== undefined);
  if (given.length !== 1) {
    const message =
      given.length === 0
        ? 'Nothing says what this rule looks at'
        : `\`${given.join('` and `')}\` exclude each other`;
    const suggestion = 'Write one of `for:` (a kind), `each:` (a list), `path:` (an attack path)';
    return {
      form: null,
      message: [],
      names: {},
      problems: [place(file, given[1] ? [given[1]] : ['id'], 'rule-form', message, suggestion)],
    };
  }
  if (data['attack'] !== undefined && (given[0] !== 'for' || data['group_by'] !== undefined)) {
    const message = '`attack` says how a thing that `for` visits is attacked: without `for` there is none';
    const wrong = place(file, ['attack'], 'rule-form', message, 'Write `for:` and `when:`, or take it out');
    return { form: null, message: [], names: {}, problems: [wrong] };
  }
  if (given[0] === 'for') return visit(file, data, expressions, vocabulary);
  if (given[0] === 'each') return each(data, expressions);
  return path(file, data, expressions, vocabulary);
}

function visit(file: YamlFile, data: DataMap, expressions: Expressions, vocabulary: Vocabulary): Parsed {
  const kind = data['for'] as Visit;
  const names = namesOf(kind);
  if (data['when'] === undefined) {
    const wrong = place(file, ['for'], 'missing-key', '`when` is missing: nothing says when this rule fires');
    return { form: null, message: [], names: {}, problems: [wrong] };
  }
  const scope = kind === 'system' ? 'whole' : 'one';
  if (data['group_by'] === undefined) {
    const when = expressions.compile(String(data['when']), ['when'], names, ['bool'], scope);
    const message = expressions.template(String(data['message']), ['message'], names);
    const problems: Problem[] = [];
    const attack = attackOf(file, data, kind, expressions, vocabulary, problems);
    const form = when && { is: 'visit' as const, visit: kind, when, ...(attack && { attack }) };
    return { form, message, names, problems };
  }
  const groupBy = expressions.compile(String(data['group_by']), ['group_by'], names, ['string']);
  const about =
    data['about'] === undefined
      ? null
      : expressions.compile(String(data['about']), ['about'], names, ['bool']);
  const together: Names = { group: 'Group', ...WHOLE };
  const when = expressions.compile(String(data['when']), ['when'], together, ['bool']);
  const message = expressions.template(String(data['message']), ['message'], together);
  return {
    form: groupBy && when && { is: 'group', visit: kind, groupBy, about, when },
    message,
    names: together,
    problems: [],
  };
}

function each(data: DataMap, expressions: Expressions): Parsed {
  const list = expressions.compile(String(data['each']), ['each'], WHOLE, [], 'whole');
  const member = /^list<(\w+)>$/.exec(list?.type ?? '')?.[1];
  if (!list || !member) return { form: null, message: [], names: {}, problems: [] };
  const variable = variableOf(member);
  const names: Names = { [variable]: member, ...WHOLE };
  const when =
    data['when'] === undefined ? null : expressions.compile(String(data['when']), ['when'], names, ['bool']);
  const message = expressions.template(String(data['message']), ['message'], names);
  return { form: { is: 'each', each: list, variable, when }, message, names, problems: [] };
}

function path(file: YamlFile, data: DataMap, expressions: Expressions, vocabulary: Vocabulary): Parsed {
  const plan = data['path'] as DataMap;
  const node = (key: string) => expressions.compile(String(plan[key]), ['path', key], NODE, ['bool']);
  const from = node('from');
  const to = node('to');
  const via = plan['via'] === undefined ? null : node('via');
  const problems: Problem[] = [];
  const stops = stopsOf(file, 'path', plan, expressions, vocabulary, problems);
  const walked: Names = { path: 'Path', ...WHOLE };
  const when =
    data['when'] === undefined ? null : expressions.compile(String(data['when']), ['when'], walked, ['bool']);
  const message = expressions.template(String(data['message']), ['message'], walked);
  return { form: from && to && { is: 'path', from, via, to, stops, when }, message, names: walked, problems };
}
