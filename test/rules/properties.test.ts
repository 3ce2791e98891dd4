import { describe, expect, test } from 'vitest';
import { language } from '../../src/model/language.ts';
import { byCodeUnit } from '../../src/model/system.ts';
import type { DataMap } from '../../src/model/yaml.ts';
import { applyEdit } from '../../src/rules/apply.ts';
import type { Rule } from '../../src/rules/hit.ts';
import { broughtBy, lostTo, reports, systems, type Trial, trials } from '../support/control-trials.ts';
import { controls, lintData, lintSystem, outspoken, type Report, rules, said } from '../support/lint-data.ts';
import { Random } from '../support/random.ts';
import { randomComponent } from '../support/random-system.ts';
import { namesOf, renamed } from '../support/rename.ts';

/** How many places each control is tried at: a few in every run; `TRIALS=200 npx vitest run test/rules/properties.test.ts` looks further. */
const EACH = Number(process.env['TRIALS'] ?? 4);

describe('a control', () => {
  test('adds no finding but one about itself', () => {
    expect(trials(1, EACH).flatMap((trial) => broughtBy(trial, rules))).toEqual([]);
  });

  test('that is denied or planned takes no finding away', () => {
    const lost = trials(2, EACH / 2).flatMap((trial, i) => lostTo(trial, i % 2 === 0 ? false : 'planned'));
    expect(lost).toEqual([]);
  });

  const data: DataMap = {
    maestro: '1',
    system: { name: 'shop' },
    agents: { clerk: { autonomy: 'autonomous' } },
  };
  const placement = {
    path: ['agents', 'clerk'],
    kinds: ['agent'],
    subject: ['clerk'],
    taken: new Set<string>(),
  };
  const trial: Trial = { name: 'shop', data, placement, control: 'kill_switch' };
  const base = rules.find(({ id }) => id === 'kill-switch-missing')!;
  const rule = (id: string, when: (has: boolean) => boolean, supersedes: readonly string[] = []): Rule => ({
    ...{ ...base, id, supersedes },
    form: {
      is: 'visit',
      visit: 'agent',
      when: ({ agent }) => when((agent as { enforces(control: string): boolean }).enforces('kill_switch')),
    },
  });

  test('is caught when a rule fires because of it', () => {
    expect(broughtBy(trial, [rule('loud', (has) => has)])).toEqual([
      'kill_switch on clerk in "shop": loud on clerk controls.kill_switch',
    ]);
  });

  test('may lift what a superseding rule kept silent, and nothing else', () => {
    const always = rule('always', () => true);
    expect(broughtBy(trial, [always, rule('first', (has) => !has, ['always'])])).toEqual([]);
    expect(
      broughtBy(trial, [rule('loud', (has) => has), rule('first', (has) => !has, ['loud'])]),
    ).toHaveLength(1);
  });
});

test('each rule finds alone what it finds beside the others', () => {
  const all = outspoken(rules);
  for (const [i, { name, data }] of systems.entries()) {
    if (i % 4 !== 0) continue;
    const { system } = reports.get(data)!;
    const alone = all.map((rule) => lintSystem(system, [rule]));
    const findings = alone.flatMap((each) => each.findings);
    const unknown = alone.flatMap((each) => each.unknown);
    expect(said({ findings, unknown }), name).toEqual(said(lintSystem(system, all)));
  }
});

describe('other names', () => {
  /** Keeps the order of ids: of several that are equally good, the first is named. */
  const END = '-0zz';

  test('that sort like the old ones change nothing but the names', () => {
    for (const { name, data } of systems) {
      const report = said(lintData(renamed(data, (id) => id + END)));
      expect(JSON.parse(JSON.stringify(report).replaceAll(END, '')), name).toEqual(
        JSON.parse(JSON.stringify(said(reports.get(data)!))),
      );
    }
  });

  test('that sort otherwise change neither what is found nor on what', () => {
    systems.forEach(({ name, data }, i) => {
      const names = namesOf(data);
      const others = new Random(i).shuffled(names.map((_, n) => `n${n}`));
      const to = new Map(names.map((id, n) => [id, others[n]!]));
      const back = new Map(names.map((id, n) => [others[n]!, id]));
      const old = (id: string) =>
        id
          .split('.')
          .map((part) => back.get(part) ?? part)
          .join('.');
      const report = lintData(renamed(data, (id) => to.get(id)!));
      expect(about(report, old), name).toEqual(about(reports.get(data)!, (id) => id));
    });
  });

  const about = ({ findings, unknown }: Report, old: (id: string) => string) => ({
    findings: findings
      .map(({ rule, subject, at }) => `${rule} ${subject.map(old).sort(byCodeUnit).join(' ')} ${at}`)
      .sort(byCodeUnit),
    unknown: unknown
      .map(({ rule, subject }) => `${rule} ${subject.map(old).sort(byCodeUnit).join(' ')}`)
      .sort(byCodeUnit),
  });
});

describe('what nobody refers to', () => {
  const LONELY = 'zz_lonely';
  const NOBODY = { ids: {}, actions: {}, controls };
  const wholes = new Set(
    rules.flatMap(({ id, form }) => (form.is === 'visit' && form.visit === 'system' ? [id] : [])),
  );

  test('a component changes nothing that is said about others', () => {
    systems.forEach(({ name, data }, i) => {
      const random = new Random(i);
      const [section, { kind }] = random.pick(Object.entries(language.sections));
      const raw = randomComponent(random, NOBODY, kind, kind === 'tool' ? ['read', 'send'] : []);
      // An account that others have too would be a connection.
      delete raw['identity'];
      const edited = applyEdit(data, [section], { [LONELY]: raw });
      const others = (report: Report) => ({
        ...report,
        findings: report.findings.filter(({ rule, subject }) => !isLonely(subject) && !wholes.has(rule)),
        unknown: report.unknown.filter(({ rule, subject }) => !isLonely(subject) && !wholes.has(rule)),
      });
      expect(said(others(lintData(edited))), `${name}, ${section}`).toEqual(said(others(reports.get(data)!)));
    });
  });

  const isLonely = (subject: readonly string[]) => subject.some((id) => id.split('.')[0] === LONELY);

  test('keys of their own that begin with x- change nothing', () => {
    for (const { name, data } of systems) {
      const noted = Object.fromEntries(
        Object.entries(data).map(([section, value]) => [
          section,
          Object.hasOwn(language.sections, section)
            ? Object.fromEntries(
                Object.entries(value as DataMap).map(([id, raw]) => [
                  id,
                  {
                    ...(raw as DataMap),
                    'x-note': { autonomy: 'autonomous', tools: ['a'], controls: { a: true } },
                  },
                ]),
              )
            : value,
        ]),
      );
      expect(said(lintData({ ...noted, 'x-agents': { a: { autonomy: 'autonomous' } } })), name).toEqual(
        said(reports.get(data)!),
      );
    }
  });
});
