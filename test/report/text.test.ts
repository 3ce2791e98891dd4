import { describe, expect, test } from 'vitest';
import { textReport } from '../../src/report/text.ts';
import type { TextOptions } from '../../src/report/text-options.ts';
import { columns } from '../../src/report/width.ts';
import {
  file,
  finding,
  fullVerdict,
  hostileVerdict,
  longVerdict,
  pathFinding,
  placed,
  problem,
  risk,
  rule,
  silencedVerdict,
  step,
  unknown,
  verdict,
  waived,
} from './verdict-fixture.ts';

const OPTIONS: TextOptions = { color: 0, width: 100, wrap: false, links: false };
const text = (v = fullVerdict(), options: Partial<TextOptions> = {}) =>
  textReport(v, { ...OPTIONS, ...options });

test('everything a report can hold', async () => {
  await expect(text()).toMatchFileSnapshot('../golden/report/full.txt');
});

test('hostile names', async () => {
  const report = text(hostileVerdict());
  expect(report).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff\p{Cs}]/u);
  expect(report).not.toMatch(/^\s*::[a-z-]/im);
  expect(report).not.toMatch(/::error [^:]*::|##\[|##vso\[|-->|<!--|\]\]>/);
  await expect(report).toMatchFileSnapshot('../golden/report/hostile.txt');
});

describe('more findings than anybody reads', () => {
  const many = verdict({
    files: [file({ path: 'a.yaml' }), file({ path: 'b.yaml' })],
    findings: (['critical', 'high', 'medium'] as const).flatMap((severity) =>
      ['b.yaml', 'a.yaml'].map((name, i) =>
        finding({
          severity,
          message: `${severity} in ${name}`,
          fingerprint: `${severity}${i}`,
          location: { ...placed('agents').location, file: name },
        }),
      ),
    ),
  });

  test('the worst are shown, the rest is counted, and the summary counts all', () => {
    const report = text(many, { most: 3 });
    expect(report.match(/^\w+\[.*/gm)).toEqual([
      expect.stringMatching(/critical in a\.yaml$/),
      expect.stringMatching(/critical in b\.yaml$/),
      expect.stringMatching(/high in b\.yaml$/),
    ]);
    expect(report).toContain('── a.yaml: 3 findings, the worst 1 of them here\n');
    expect(report).toContain('── b.yaml: 3 findings, the worst 2 of them here\n');
    expect(report).toContain(
      '\n\n3 more findings, none of them worse: --max-findings all shows them, and --format json\n\n',
    );
    expect(report).toContain('6 findings: 2 critical, 2 high, 2 medium');
  });

  test('nothing is said where all are shown', () => {
    expect(text(many, { most: 6 })).toBe(text(many));
    expect(text(many)).not.toMatch(/more finding|of them here/);
    expect(text(many, { most: 5 })).toContain(
      '1 more finding, none of them worse: --max-findings all shows it',
    );
    expect(text(many, { most: 0 })).toMatch(/^6 more findings/);
  });
});

test('the same verdict gives the same bytes', () => expect(text()).toBe(text()));

describe('summary', () => {
  const summary = (v: Parameters<typeof textReport>[0], options = {}) =>
    text(v, options).trimEnd().split('\n\n').at(-1);

  test('of a clean run says what was checked', () => {
    expect(text(verdict())).toBe('no findings\nchecked 4 components in 1 file with 2 rules\n');
    expect(summary(verdict(), { cwdLabel: 'services' })).toMatch(/in 1 file in services with/);
  });

  test('of a run without files is not a clean one', () => {
    expect(summary(verdict({ files: [] }))).toMatch(/^nothing was linted/);
  });

  test('of an incomplete run says so first', () => {
    const failed = file({ path: 'b.yaml', status: 'failed', components: 0 });
    expect(summary(verdict({ complete: false, files: [file(), failed] }))).toBe(
      'incomplete: nothing is known about b.yaml\nno findings\nchecked 4 components in 1 file with 2 rules; 1 file failed',
    );
    expect(summary(verdict({ complete: false }))).toMatch(/^incomplete: not everything/);
  });

  test('counts what was waived, and never says that it was found', () => {
    const two = [waived(), waived(pathFinding())];
    expect(text(verdict({ waived: two }))).toMatch(/^no findings; 2 waived\n/);
    expect(summary(verdict({ waived: two, findings: [finding()], unknown: [unknown()] }))).toMatch(
      /^1 finding: 1 high; 1 unknown; 2 waived\n/,
    );
    expect(text(verdict({ waived: two }))).not.toContain('kill-switch-missing');
  });

  test('counts what the baseline holds, and warnings, which are shown', async () => {
    await expect(text(silencedVerdict())).toMatchFileSnapshot('../golden/report/silenced.txt');
    const many = Array.from({ length: 14 }, () => problem());
    const report = text(verdict({ warnings: many }));
    expect(report.match(/^warning\[/gm)).toHaveLength(10);
    expect(report).toContain('\n4 more warnings; the report as JSON lists them all\n');
    expect(summary(verdict({ warnings: many }))).toMatch(/^no findings; 14 warnings\n/);
  });

  test('counts included files apart', () => {
    const parts = [file({ path: 'a.yaml', status: 'included', components: 2 }), file()];
    expect(summary(verdict({ files: parts }))).toMatch(/checked 6 components in 1 file and 1 included with/);
  });

  test('begins with a component, not with the system as a whole', () => {
    const whole = finding({
      rule: 'owner-missing',
      severity: 'low',
      subject: ['system'],
      risk: risk(2, 2, 3),
    });
    const line = (...findings: ReturnType<typeof finding>[]) =>
      summary(verdict({ findings }))!.split('\n')[1];
    expect(line(finding({ risk: risk(3, 1, 3) }), whole)).toBe(
      'highest risk of a component 9 of 27: kill-switch-missing of trader',
    );
    expect(line(finding(), whole)).toBe('highest risk 18 of 27: kill-switch-missing of trader');
    expect(line(whole)).toBe('highest risk 12 of 27: owner-missing of system');
  });

  test('counts by severity', () => {
    const findings = [pathFinding(), finding(), finding(), finding({ severity: 'low' })];
    expect(summary(verdict({ findings }))).toMatch(/^4 findings: 1 critical, 2 high, 1 low\n/);
  });
});

describe('unknown', () => {
  const lines = (...many: Parameters<typeof unknown>[0][]) =>
    text(verdict({ unknown: many.map((over) => unknown(over)) })).split('\n');

  test('names each fact once, the one that most checks wait for first, and how to see why', () => {
    expect(lines({ facts: ['intake.effect'] }, {}, {}).slice(0, 3)).toEqual([
      'unknown: 3 checks could not judge; declare intake.autonomy, intake.effect',
      '  see: maestro explain intake.autonomy',
      '',
    ]);
    expect(lines({ subject: ['payments.send'], facts: ['payments.send.effect', 'a.b.c'] })[0]).toBe(
      'unknown: 1 check could not judge; declare a.b.c, payments.send.effect',
    );
  });

  test('names systems where there are several', () => {
    expect(lines({}, { system: 'till' }).slice(0, 2)).toEqual([
      'unknown: 2 checks could not judge; declare intake.autonomy (shop), intake.autonomy (till)',
      '  see: maestro explain intake.autonomy',
    ]);
  });

  test('stops at eight', () => {
    const facts = Array.from({ length: 12 }, (_, i) => `a${String(i).padStart(2, '0')}.kind`);
    expect(lines({ facts })[0]).toMatch(/a07\.kind and 4 more$/);
  });

  test('offers no command with a name that a shell would act on', () => {
    expect(lines({ facts: ['$(x).autonomy'] }).slice(0, 2)).toEqual([
      'unknown: 1 check could not judge; declare $(x).autonomy',
      '',
    ]);
  });
});

describe('findings', () => {
  test('are grouped by file, worst first, all of them', () => {
    const inFile = (name: string, severity: 'high' | 'low') =>
      finding({ severity, location: { ...finding().location, file: name } });
    const findings = [
      inFile('z.yaml', 'high'),
      ...Array(60).fill(inFile('a.yaml', 'low')),
      inFile('a.yaml', 'high'),
    ];
    const report = text(verdict({ files: [file({ path: 'a.yaml' }), file({ path: 'z.yaml' })], findings }));
    expect(report.match(/^(── |high|low)(?!est).*?(?=\]|$)/gm)).toEqual([
      '── a.yaml: 61 findings',
      'high[kill-switch-missing',
      ...Array(60).fill('low[kill-switch-missing'),
      '── z.yaml: 1 finding',
      'high[kill-switch-missing',
    ]);
  });

  test('show the ends of a long path', () => {
    const steps = Array.from({ length: 40 }, (_, i) => step(`n${i}`, `step ${i}`, 'intake'));
    const report = text(verdict({ findings: [pathFinding({ steps })] }));
    expect(report.match(/[├│└].*$/gm)).toEqual([
      ...[0, 1, 2, 3, 4, 5].map((i) => `├─ step ${i}`),
      '│  … 29 more steps',
      ...[35, 36, 37, 38].map((i) => `├─ step ${i}`),
      '└─ step 39',
    ]);
  });

  test('say what explains them, and the page of a rule once', () => {
    const report = text(verdict({ findings: [finding(), finding({ fingerprint: 'abcdef0123456789' })] }));
    expect(report.match(/^ {2}risk .*$/gm)).toEqual([
      '  risk 18 of 27 · see: maestro explain f1f1f1f1 · https://example.org/rules/kill-switch-missing.md',
      '  risk 18 of 27 · see: maestro explain abcdef01',
    ]);
    const own = text(verdict({ findings: [finding()], rules: [rule({ url: null })] }));
    expect(own).toMatch(/^ {2}risk 18 of 27 · see: maestro explain f1f1f1f1$/m);
  });

  test('name other files, of steps and of the edit', () => {
    const elsewhere = {
      ...placed('desk', 'tools:\n  desk: {}\n', 'tools.yaml'),
      node: 'desk',
      text: 'a step',
    };
    const fix = { ...finding().fix, file: 'agents.yaml' };
    const report = text(
      verdict({ findings: [pathFinding({ steps: [elsewhere, ...pathFinding().steps!], fix })] }),
    );
    expect(report).toContain('\n     ├─ a step (tools.yaml:2:3)\n   6 ├─ inbox');
    expect(report).toContain('\n  fix in agents.yaml: Declare how');
  });
});

describe('on a terminal', () => {
  const strip = (report: string) => report.replace(/\x1b\[[\d;]*m/g, '');

  test.each([80, 120])('of %d columns, in colour', async (width) => {
    const report = text(longVerdict(), { color: 1, width, wrap: true });
    await expect(report).toMatchFileSnapshot(`../golden/report/terminal-${width}.ansi`);
    expect(strip(report)).toBe(text(longVerdict(), { width, wrap: true }));
  });

  test.each([80, 100, 200])('no line but an edit or an address is longer than %d columns', (width) => {
    const { findings, ...rest } = longVerdict();
    const inOneFile = findings.map((each) => ({ ...each, fix: { ...each.fix, yaml: '' } }));
    const report = text({ ...rest, findings: inOneFile }, { width, wrap: true });
    const long = report.split('\n').filter((line) => columns(line) > width && !line.includes('https://'));
    expect(long).toEqual([]);
  });

  test('the same words as in a pipe, which gets every message as one line', () => {
    const words = (report: string) => report.replace(/[\s│]+/g, ' ');
    const narrow = text(longVerdict(), { width: 50, wrap: true });
    const inPipe = text(longVerdict(), { width: 50 });
    expect(words(narrow).replace(/ · (?=https)/g, ' ')).toBe(words(inPipe).replace(/ · (?=https)/g, ' '));
    for (const { message } of longVerdict().findings)
      expect(inPipe.split('\n').some((line) => line.endsWith(message))).toBe(true);
  });
});

describe('colour', () => {
  test('adds escapes and no words', () => {
    const coloured = text(fullVerdict(), { color: 3 });
    expect(coloured).toContain('\x1b[');
    expect(coloured.replace(/\x1b\[[\d;]*m/g, '')).toBe(text());
  });

  test('links only when asked, and to the page that is printed', () => {
    expect(text(fullVerdict(), { color: 3 })).not.toContain('\x1b]8');
    const url = 'https://example.org/rules/kill-switch-missing.md';
    expect(text(fullVerdict(), { links: true })).toContain(`\x1b]8;;${url}\x1b\\${url}\x1b]8;;\x1b\\`);
  });
});
