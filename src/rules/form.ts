import type { Problem } from '../finding/finding.ts';
import { similar } from '../finding/similar.ts';
import { type DataMap, isDataMap, type YamlFile } from '../model/yaml.ts';
import type { Checked } from './cel.ts';
import type { Expressions } from './expressions.ts';
import { STEP_KINDS } from './graph.ts';
import { type Names, namesOf, variableOf } from './names.ts';
import { place } from './problem.ts';
import type { FormOf, StopOf, TemplateOf, Visit } from './rule.ts';
import type { Vocabulary } from './vocabulary.ts';

interface Parsed {
  readonly form: FormOf<Checked> | null;
  readonly message: TemplateOf<Checked>;
  /** Names that the message and the remedy may use. */
  readonly names: Names;
  readonly problems: Problem[];
}

const WHOLE: Names = { system: 'System' };
const NODE: Names = { node: 'Node', system: 'System' };

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
  if (given[0] === 'for') return visit(file, data, expressions);
  if (given[0] === 'each') return each(data, expressions);
  return path(file, data, expressions, vocabulary);
}

function visit(file: YamlFile, data: DataMap, expressions: Expressions): Parsed {
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
    return { form: when && { is: 'visit', visit: kind, when }, message, names, problems: [] };
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
  const stops = (plan['stopped_by'] as DataMap[]).map((stop, i) =>
    stopOf(file, stop, i, expressions, vocabulary, problems),
  );
  const walked: Names = { path: 'Path', ...WHOLE };
  const when =
    data['when'] === undefined ? null : expressions.compile(String(data['when']), ['when'], walked, ['bool']);
  const message = expressions.template(String(data['message']), ['message'], walked);
  return { form: from && to && { is: 'path', from, via, to, stops, when }, message, names: walked, problems };
}

function stopOf(
  file: YamlFile,
  stop: DataMap,
  i: number,
  expressions: Expressions,
  vocabulary: Vocabulary,
  problems: Problem[],
): StopOf<Checked> {
  const at = ['path', 'stopped_by', String(i)];
  const control = String(stop['control']);
  if (!vocabulary.has(control)) {
    const near = similar(control, vocabulary.keys());
    problems.push(
      place(
        file,
        [...at, 'control'],
        'unknown-control',
        `No vocabulary knows the control \`${control}\``,
        near && `Did you mean \`${near}\`?`,
      ),
    );
  }
  const steps = Array.isArray(stop['step']) ? stop['step'].map(String) : null;
  steps?.forEach((step, s) => {
    if ((STEP_KINDS as readonly string[]).includes(step)) return;
    const near = similar(step, STEP_KINDS);
    problems.push(
      place(
        file,
        [...at, 'step', String(s)],
        'unknown-step',
        `No step of a path is called \`${step}\``,
        near ? `Did you mean \`${near}\`?` : `One of ${STEP_KINDS.join(', ')}`,
      ),
    );
  });
  if ((stop['node'] === undefined) === (steps === null) || isDataMap(stop['node'] as never)) {
    problems.push(place(file, at, 'rule-form', 'A stop stands either on a `node` or on a `step`'));
  }
  const node =
    stop['node'] === undefined
      ? null
      : expressions.compile(String(stop['node']), [...at, 'node'], NODE, ['bool']);
  return { node, step: steps, control };
}
