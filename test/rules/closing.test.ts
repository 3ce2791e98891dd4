import { describe, expect, test } from 'vitest';
import { byCodeUnit } from '../../src/model/system.ts';
import { type Data, isDataMap } from '../../src/model/yaml.ts';
import { applyEdit } from '../../src/rules/apply.ts';
import { type Closing, closing, nameOf } from '../../src/rules/closing.ts';
import { type Change, changeKey, editOf, placeName } from '../../src/rules/closing-change.ts';
import { worldOf } from '../../src/rules/evaluate.ts';
import type { Hit, Rule } from '../../src/rules/hit.ts';
import { stopsOf, tellsWay } from '../../src/rules/rule.ts';
import { contextOf } from '../../src/rules/rule-tests.ts';
import { controls, rules, someSystems } from '../support/lint-data.ts';
import { hitsOf, systemOf, vocabulary } from '../support/pack.ts';
import { PATH_RULES, pathRule } from '../support/path-rules.ts';
import { Random } from '../support/random.ts';
import { randomSystem } from '../support/random-system.ts';
import { runs } from '../support/runs.ts';

const MANY = runs(80);

const systems = someSystems(16, MANY);
/** Rules of the pack that find something at one place and tell how an attacker gets there. */
const ATTACKS = rules.filter(({ form }) => form.is === 'visit' && tellsWay(form));
const small: readonly (readonly Rule[])[] = [
  ...PATH_RULES.map((rule) => [rule]),
  PATH_RULES,
  ...ATTACKS.map((rule) => [rule]),
  ATTACKS,
];
const sets: readonly (readonly Rule[])[] = [...small, rules];

const closingOf = (data: Data, which: readonly Rule[]): Closing => {
  const system = systemOf(data);
  const context = contextOf([]);
  const world = worldOf(system, vocabulary, context);
  const wanted = (paths: readonly Hit[]) => new Set(paths.map(nameOf));
  return closing({ system, rules: which, world, vocabulary, context, wanted });
};

/** The description as somebody would edit it, checked and read again. */
const edited = (data: Data, changes: readonly Change[]): Data =>
  changes.map(editOf).reduce((now, { at, edit }) => applyEdit(now, at.path, edit), data);

const pathsIn = (data: Data, which: readonly Rule[]): string[] =>
  hitsOf(
    data,
    which.filter(({ form }) => tellsWay(form)),
  )
    .filter(({ walk = [] }) => walk.length > 0)
    .map(nameOf)
    .sort(byCodeUnit);

const names = ({ beyond }: Closing): string[] => beyond.map(nameOf).sort(byCodeUnit);

describe('on random systems, examples and models of tests', () => {
  test('the changes, made in the file, leave no path but those beyond', () => {
    const seen = { changes: 0, beyond: 0, several: 0, exact: 0 };
    for (const { name, data } of systems) {
      for (const which of sets) {
        const found = closingOf(data, which);
        expect(found.left.map(nameOf), name).toEqual([]);
        expect(pathsIn(edited(data, found.changes), which), name).toEqual(names(found));
        expect(found.apart.length, name).toBeLessThanOrEqual(found.changes.length);
        seen.changes += found.changes.length;
        seen.beyond += found.beyond.length;
        if (found.changes.length > 1) seen.several++;
        if (found.changes.length === found.apart.length) seen.exact++;
      }
    }
    expect(seen.changes).toBeGreaterThan(MANY);
    expect(seen.beyond).toBeGreaterThan(5);
    expect(seen.several).toBeGreaterThan(MANY / 4);
    expect(seen.exact).toBeGreaterThan(MANY);
  });

  test('none of the changes can be left out', () => {
    let left = 0;
    for (const { name, data } of systems) {
      for (const which of sets) {
        const found = closingOf(data, which);
        for (const change of found.changes) {
          const others = found.changes.filter((each) => each !== change);
          const open = pathsIn(edited(data, others), which).filter((path) => !names(found).includes(path));
          expect(open.length, `${name}, without ${changeKey(change)}`).toBeGreaterThan(0);
          left += open.length;
        }
      }
    }
    expect(left).toBeGreaterThan(MANY);
  });

  test('the order of keys and lists changes nothing', () => {
    systems.forEach(({ name, data }, i) => {
      const found = told(closingOf(data, PATH_RULES));
      expect(told(closingOf(shuffled(data, new Random(i)), PATH_RULES)), name).toEqual(found);
    });
  });

  const told = (found: Closing) => ({
    // Where a flow stands in its list is a matter of the file.
    changes: found.changes.map((change) => changeKey(change).replaceAll(/"flows","\d+"/g, 'flow')),
    apart: found.apart.map(({ rule, nodes }) => [rule.id, ...nodes.map(({ id }) => id)]),
    beyond: names(found),
  });
});

function shuffled(data: Data, random: Random): Data {
  if (Array.isArray(data)) return random.shuffled(data.map((each) => shuffled(each, random)));
  if (!isDataMap(data)) return data;
  return Object.fromEntries(
    random.shuffled(Object.entries(data).map(([key, each]) => [key, shuffled(each, random)] as const)),
  );
}

describe('no set with fewer changes than are said to be needed closes all', () => {
  test('tried one by one on small systems', () => {
    const tried = { sets: 0, questions: 0 };
    for (let seed = 1; seed <= runs(640); seed++) {
      const data = randomSystem(new Random(seed), controls, 2);
      const name = `random ${seed}`;
      for (const which of small) {
        const found = closingOf(data, which);
        const needed = found.apart.length;
        if (needed < 2 || needed > 3) continue;
        const all = everywhere(data, which);
        if (all.length > (needed === 2 ? 200 : 30)) continue;
        tried.questions++;
        for (const few of subsets(all, needed - 1)) {
          tried.sets++;
          const open = pathsIn(edited(data, few), which).filter((path) => !names(found).includes(path));
          expect(open.length, `${name}: ${few.map(changeKey)}`).toBeGreaterThan(0);
        }
      }
    }
    expect(tried.questions).toBeGreaterThan(runs(10));
    expect(tried.sets).toBeGreaterThan(runs(200));
  });
});

function* subsets<T>(all: readonly T[], size: number): Generator<T[]> {
  if (size === 0) yield [];
  else
    for (const [i, each] of all.entries())
      for (const rest of subsets(all.slice(i + 1), size - 1)) yield [each, ...rest];
}

/** Every control that stops one of the rules, on every component, action and reference that may carry it. */
function everywhere(data: Data, which: readonly Rule[]): Change[] {
  const system = systemOf(data);
  const stops = [
    ...new Set(
      which.flatMap(({ form }) => (tellsWay(form) ? stopsOf(form).map((stop) => stop.control) : [])),
    ),
  ];
  const edges = [...system.components, ...system.components.flatMap(({ actions }) => actions)].flatMap(
    ({ out }) => [...out.values()].flat(),
  );
  const subjects = [
    ...system.components.map((subject) => ({ subject, kinds: [subject.kind as string] })),
    ...system.components.flatMap(({ actions }) =>
      actions
        .filter(({ path, tool }) => path !== tool?.path)
        .map((subject) => ({ subject, kinds: ['tool', 'edge'] })),
    ),
    ...[...edges.filter(({ definition }) => definition !== null), ...system.flows].map((subject) => ({
      subject,
      kinds: ['edge'],
    })),
  ];
  return subjects.flatMap(({ subject, kinds }) =>
    stops
      .filter((control) => kinds.some((kind) => vocabulary.get(control)!.for.includes(kind)))
      .map((control) => ({ subject, control })),
  );
}

describe('on a small system', () => {
  const data: Data = {
    maestro: '1',
    system: { name: 'desk' },
    boundaries: { internet: { trust: 'untrusted' } },
    actors: { stranger: { kind: 'content', boundary: 'internet' } },
    agents: {
      reader: { reads: ['stranger'], tools: { mail: { actions: ['send', 'drop'] } } },
      writer: { reads: ['stranger'], tools: { mail: { actions: ['send'] } } },
    },
    tools: { mail: { actions: { send: { effect: 'send' }, drop: { effect: 'delete' } } } },
  };
  const rule = (id: string, severity: string, to: string, ...stops: string[]): Rule =>
    pathRule({ id, severity, to: `node.id == "${to}"`, stops });
  const APART = '{ node: node.type == "agent", control: context_separation }';
  const LISTED = '{ step: [invokes], control: allow_list }';
  const APPROVED = '{ step: [invokes], control: human_approval }';
  const told = ({ changes, apart }: Closing) => [
    changes.map(({ subject, control }) => `${control} on ${placeName(subject).ids.join(' → ')}`),
    apart.length,
  ];

  test('what a later rule makes redundant is dropped', () => {
    const drop = [rule('a', 'critical', 'mail.drop', LISTED, APART), rule('b', 'low', 'mail.drop', APART)];
    expect(told(closingOf(data, drop))).toEqual([['context_separation on reader'], 1]);
  });

  test('what is chosen already is free', () => {
    const both = [
      rule('a', 'critical', 'mail.send', LISTED),
      rule('b', 'low', 'mail.send', LISTED, APPROVED),
    ];
    expect(told(closingOf(data, both))).toEqual([['allow_list on mail.send'], 1]);
  });

  test('a place for each way where no action can carry the control', () => {
    expect(told(closingOf(data, [rule('a', 'high', 'mail.send', APPROVED)]))).toEqual([
      ['human_approval on reader → mail.send', 'human_approval on writer → mail.send'],
      2,
    ]);
  });

  test('one change on a tool in place of one on each of its actions', () => {
    const all = pathRule({ id: 'all', to: 'node.type == "action"', stops: [LISTED] });
    expect(told(closingOf(data, [all]))).toEqual([['allow_list on mail'], 1]);
  });

  test('a grant that lists no actions is not narrowed', () => {
    const wild = applyEdit(data, ['agents', 'reader'], { tools: null });
    const open = applyEdit(wild, ['agents', 'reader'], { tools: 'mail' });
    expect(told(closingOf(open, [rule('a', 'high', 'mail.drop', APPROVED)]))).toEqual([
      ['human_approval on reader → mail'],
      1,
    ]);
  });

  test('what a grant denies is not closed by what the action demands', () => {
    const denied = applyEdit(data, ['agents', 'writer', 'tools', 'mail'], {
      controls: { allow_list: false },
    });
    const found = closingOf(denied, [rule('a', 'high', 'mail.send', LISTED)]);
    expect(told(found)).toEqual([
      ['allow_list on reader → mail.send', 'allow_list on writer → mail.send'],
      2,
    ]);
    expect(found.left).toEqual([]);
  });

  test('what no place separates is beyond every control', () => {
    const found = closingOf(data, [rule('a', 'high', 'reader', LISTED)]);
    expect([found.changes, found.beyond.map(nameOf), found.left]).toEqual([[], ['a reader'], []]);
  });
});
