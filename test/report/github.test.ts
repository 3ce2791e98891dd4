import { describe, expect, test } from 'vitest';
import { visible } from '../../src/report/escape.ts';
import { githubReport } from '../../src/report/github.ts';
import { MARKDOWN_ATTACKS } from '../support/markdown-attacks.ts';
import { commandsIn } from '../support/runner.ts';
import { changed, comparison, many, withTexts } from './change-fixture.ts';
import { finding, fullVerdict, HOSTILE, pathFinding, problem, verdict } from './verdict-fixture.ts';

test('everything a report can hold', async () => {
  await expect(githubReport(fullVerdict())).toMatchFileSnapshot('../golden/report/full.github.txt');
});

test('the runner reads what was meant', () => {
  const at = { file: 'a:b,c%/x.yaml', line: 3, column: 5, endLine: 3, endColumn: 9 };
  const odd = finding({ severity: 'medium', message: '50% of a: b,\u00e9', location: at });
  const [first, ...others] = commandsIn(githubReport(verdict({ findings: [odd] }), { prefix: 'deep' }));
  expect(others).toEqual([]);
  expect(first).toEqual({
    name: 'warning',
    properties: {
      file: 'deep/a:b,c%/x.yaml',
      line: '3',
      endLine: '3',
      col: '5',
      endColumn: '9',
      title: 'medium: kill-switch-missing',
    },
    data: `50% of a: b,\u00e9\nFix: ${odd.fix.say}`,
  });
});

test('columns are left out over several lines, where GitHub refuses them', () => {
  const at = { file: 'a.yaml', line: 3, column: 5, endLine: 4, endColumn: 9 };
  const [first] = commandsIn(githubReport(verdict({ findings: [finding({ location: at })] })));
  expect(Object.keys(first!.properties)).toEqual(['file', 'line', 'endLine', 'title']);
});

test('a clean run prints a line and no command', () => {
  expect(githubReport(verdict())).toBe('maestro: No findings.\n');
});

test('with a base, what was there before is not annotated', () => {
  const v = changed();
  expect(commandsIn(githubReport(v)).map(({ properties }) => properties['title'])).toEqual([
    'critical: stranger-moves-money',
    'high: kill-switch-missing',
    'medium: kill-switch-missing',
  ]);
  const standing = verdict({ findings: [finding()], comparison: comparison({ standing: [finding()] }) });
  expect(githubReport(standing)).toBe('maestro: This change adds nothing.\n');
});

describe('at most ten', () => {
  test.each([
    [9, 9, undefined],
    [10, 10, '1 more in the whole report'],
    [3000, 10, '2991 more in the whole report'],
  ])('of %i findings', (n, shown, last) => {
    const commands = commandsIn(githubReport(many(n)));
    expect(commands).toHaveLength(shown);
    if (last !== undefined) expect(commands.at(-1)).toMatchObject({ name: 'notice', data: last });
    if (n === 3000)
      for (const { properties } of commands.slice(0, 9)) expect(properties['title']).toMatch(/^critical/);
  });

  test('what could not be read comes first', () => {
    const errors = Array.from({ length: 12 }, () => problem());
    const commands = commandsIn(
      githubReport(verdict({ complete: false, errors, findings: [pathFinding()] })),
    );
    expect(commands.map(({ name }) => name)).toEqual([...Array(9).fill('error'), 'notice']);
    expect(commands[0]!.properties['title']).toBe('not checked: unknown-key');
    expect(commands.at(-1)!.data).toBe('4 more in the whole report');
  });
});

test('no name makes a command, ends one, or adds a property', () => {
  for (const attack of [
    ...MARKDOWN_ATTACKS,
    HOSTILE,
    'x,line=9::y',
    'a%0A::error::b',
    '::stop-commands::x',
  ]) {
    const v = withTexts(fullVerdict(), () => attack);
    const report = githubReport(v);
    const commands = commandsIn(report);
    expect(
      commands.map(({ name }) => name),
      attack,
    ).toEqual(commandsIn(githubReport(fullVerdict())).map(({ name }) => name));
    for (const { properties, data } of commands) {
      const names = Object.keys(properties).filter(
        (name) => !['file', 'line', 'endLine', 'col', 'endColumn', 'title'].includes(name),
      );
      expect(names, attack).toEqual([]);
      if (attack.length < 400)
        expect(data.startsWith(visible(attack.split('\n')[0]!).slice(0, 300)), attack).toBe(true);
    }
    expect(report.split('\n')).toHaveLength(commands.length + 2);
  }
});
