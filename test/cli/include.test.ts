import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { maestro } from '../support/cli.ts';
import { DESCRIPTIONS } from '../support/descriptions.ts';
import { Random } from '../support/random.ts';

type Map = Record<string, unknown>;

/** A git repository with these files, in a folder of its own that holds a secret beside it. */
function repository(files: Readonly<Record<string, string>>): string {
  const outside = mkdtempSync(join(tmpdir(), 'maestro-include-'));
  onTestFinished(() => rmSync(outside, { recursive: true, force: true }));
  const root = join(outside, 'repository');
  mkdirSync(join(root, '.git'), { recursive: true });
  writeFileSync(join(outside, 'secret.yaml'), 'agents:\n  secret: { autonomy: autonomous }\n');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const lint = async (cwd: string, ...args: string[]) => {
  const { code, stdout, stderr } = await maestro(cwd, ['lint', '-f', 'json', ...args]);
  return { code, stderr, report: JSON.parse(stdout) };
};

const MAIN = 'maestro: 1\nsystem: { name: desk }\n';
const AGENT = (id: string) => `agents:\n  ${id}: { autonomy: autonomous }\n`;
const where = ({ file, line, column }: { file: string; line: number; column: number }) =>
  `${file}:${line}:${column}`;

describe('include', () => {
  test('merges sections of other files, and points into them', async () => {
    const cwd = repository({
      'maestro.yaml': `${MAIN}include: [agents/*.yaml, shared/tools.yaml]\ncontrols: { red_teaming: true }\n`,
      'agents/buyer.yaml': '# a remark\nagents:\n  buyer: { autonomy: autonomous, tools: [mail] }\n',
      'agents/notes.md': 'no description\n',
      'shared/tools.yaml': 'tools:\n  mail: { kind: email }\nflows:\n  - { from: buyer, to: mail }\n',
    });
    const { code, report } = await lint(cwd, '--rule', 'kill-switch-missing');
    expect(code).toBe(1);
    expect(report.files).toEqual([
      { path: 'agents/buyer.yaml', status: 'included', system: 'desk', components: 1 },
      { path: 'maestro.yaml', status: 'linted', system: 'desk', components: 0 },
      { path: 'shared/tools.yaml', status: 'included', system: 'desk', components: 1 },
    ]);
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]).toMatchObject({
      location: { file: 'agents/buyer.yaml', line: 3, column: 3 },
      fix: { file: 'agents/buyer.yaml', path: ['agents', 'buyer'] },
    });
  });

  test('what is included may include, a file twice counts once, and a pattern passes over itself', async () => {
    const cwd = repository({
      'maestro.yaml': `${MAIN}include: ['*.yaml', parts/a.yaml]\n`,
      'a.yaml': `include: [parts/*.yaml]\n${AGENT('first')}`,
      'parts/a.yaml': "maestro: 1\ninclude: ['b.*']\n",
      'parts/b.yaml': AGENT('second'),
    });
    const { code, report } = await lint(cwd, '--rule', 'kill-switch-missing');
    expect(report.errors).toEqual([]);
    expect(code).toBe(1);
    expect(report.findings.map(({ subject }: { subject: string[] }) => subject[0])).toEqual([
      'first',
      'second',
    ]);
  });

  test('an included file that carries our name is no description of its own', async () => {
    const cwd = repository({
      'maestro.yaml': `${MAIN}include: [agents.maestro.yaml]\n`,
      'agents.maestro.yaml': AGENT('trader'),
    });
    const { code, report } = await lint(cwd);
    expect({ code, errors: report.errors }).toEqual({ code: 1, errors: [] });
    // Whoever names it, or includes it nowhere, has to know that it says nothing of a system.
    expect((await lint(cwd, 'agents.maestro.yaml')).report.errors[0].message).toContain(
      '`maestro` is missing',
    );
    writeFileSync(join(cwd, 'maestro.yaml'), `${MAIN}${AGENT('other')}`);
    expect((await lint(cwd)).report.errors[0]).toMatchObject({ file: 'agents.maestro.yaml' });
  });

  test('evidence is looked for from the file that names it', async () => {
    const cwd = repository({
      'systems/maestro.yaml': `${MAIN}include: [../parts/agents.yaml]\n`,
      'parts/agents.yaml':
        'agents:\n  clerk: { autonomy: bounded, controls: { kill_switch: { evidence: docs/stop.md } } }\n',
      'parts/docs/stop.md': 'Pull the lever.\n',
    });
    const { report } = await lint(cwd, 'systems', '--rule', 'evidence-missing');
    expect(report).toMatchObject({ findings: [], errors: [] });
  });

  test('a control of the whole system is edited in the file that says it', async () => {
    const cwd = repository({
      'maestro.yaml': `${MAIN}include: [controls.yaml]\n${AGENT('trader')}`,
      'controls.yaml': 'controls:\n  red_teaming: { last: 2020-01-01, every: 30d }\n',
    });
    const { report } = await lint(cwd, '--profile', 'strict', '--rule', 'control-untested');
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]).toMatchObject({
      location: { file: 'controls.yaml', line: 2 },
      fix: { file: 'controls.yaml' },
    });
  });
});

describe('what cannot be included', () => {
  /** Code, place and message of every mistake, with the second place where there is one. */
  const mistakes = async (files: Record<string, string>, link?: [string, string]) => {
    const cwd = repository(files);
    if (link) symlinkSync(link[0], join(cwd, link[1]));
    const { code, report } = await lint(cwd);
    expect(code).toBe(2);
    return report.errors.map((error: { [key: string]: never }) => {
      const { location, related } = error as unknown as {
        location: Parameters<typeof where>[0] | null;
        related?: { location: Parameters<typeof where>[0] };
      };
      const places =
        location === null ? [] : [where(location), ...(related ? [where(related.location)] : [])];
      return [error['code'], ...places, error['message']].join(' | ');
    });
  };

  test.each([
    ['nothing.yaml', 'is not there'],
    ['agents/*.yaml', 'fits no YAML file'],
    ['agents', 'is a folder: name the files in it'],
    ['../secret.yaml', 'leads out of the repository'],
    ["'../*.yaml'", 'leads out of the repository'],
    ['/etc/hostname', 'is not there'],
  ])('%s %s', async (pattern, clause) => {
    const [mistake, ...others] = await mistakes({
      'maestro.yaml': `${MAIN}include:\n  - ${pattern}\n${AGENT('a')}`,
      'agents/notes.md': '',
    });
    expect(others).toEqual([]);
    expect(mistake).toBe(`include | maestro.yaml:4:5 | \`${pattern.replaceAll("'", '')}\` ${clause}`);
  });

  test('a link out of the repository', async () => {
    const found = await mistakes({ 'maestro.yaml': `${MAIN}include: ['*.part.yaml']\n` }, [
      '../secret.yaml',
      'link.part.yaml',
    ]);
    // Links are not followed by patterns, and by name only as far as the repository goes.
    expect(found).toEqual([
      expect.stringMatching(/leads out of the repository through a link|fits no YAML file/),
    ]);
    expect(
      await mistakes({ 'maestro.yaml': `${MAIN}include: [link.yaml]\n` }, ['../secret.yaml', 'link.yaml']),
    ).toEqual(['include | maestro.yaml:3:11 | `link.yaml` leads out of the repository through a link']);
  });

  test('a circle, with both ends', async () => {
    expect(
      await mistakes({
        'maestro.yaml': `${MAIN}include: [a.yaml]\n`,
        'a.yaml': `include: [sub/b.yaml]\n${AGENT('a')}`,
        'sub/b.yaml': `${AGENT('b')}include: [../a.yaml]\n`,
      }),
    ).toEqual([
      'include-circle | sub/b.yaml:3:11 | a.yaml:1:11 | These files include each other: a.yaml → sub/b.yaml → a.yaml',
    ]);
    expect(await mistakes({ 'maestro.yaml': `${MAIN}include: [maestro.yaml]\n` })).toEqual([
      'include-circle | maestro.yaml:3:11 | `maestro.yaml` includes itself',
    ]);
  });

  test('an id or a control that two files declare, with both places', async () => {
    expect(
      await mistakes({
        'maestro.yaml': `${MAIN}include: [a.yaml]\ncontrols: { red_teaming: true }\n${AGENT('trader')}`,
        'a.yaml': 'controls: { red_teaming: false }\nboundaries:\n  trader: { trust: internal }\n',
      }),
    ).toEqual([
      expect.stringMatching(/^duplicate-control \| a.yaml:1:13 \| maestro.yaml:4:13 \| /),
      expect.stringMatching(
        /^duplicate-id \| a.yaml:3:3 \| maestro.yaml:6:3 \| `trader` is a boundary here and an agent in `maestro.yaml`/,
      ),
    ]);
  });

  test('mistakes in included files, each at its place', async () => {
    expect(
      await mistakes({
        'maestro.yaml': `${MAIN}include: ['*.part.yaml']\n`,
        'a.part.yaml': 'agents:\n  trader: { autonomi: bounded }\n',
        'b.part.yaml': `${MAIN}${AGENT('b')}`,
        'c.part.yaml': 'services: {}\nversion: 3\n',
        'd.part.yaml': '',
        'e.part.yaml': 'agents: {\n',
        'f.part.yaml': 'maestro: 7\nagents: { a: {} }\n',
        'g.part.yaml': 'assert: [{ id: g, never: { from: a } }]\n',
        'h.part.yaml': 'agents:\n  h: { models: [missing] }\n',
      }),
    ).toEqual([
      expect.stringMatching(/^unknown-key \| a.part.yaml:2:13/),
      expect.stringMatching(/^included-system \| b.part.yaml:2:1/),
      expect.stringMatching(/^foreign \| c.part.yaml/),
      expect.stringMatching(/^empty \| d.part.yaml/),
      expect.stringMatching(/^yaml-syntax \| e.part.yaml/),
      expect.stringMatching(/^unknown-version \| f.part.yaml:1/),
      expect.stringMatching(/^missing-key \| g.part.yaml:1/),
    ]);
  });

  test('other systems of the run are linted all the same', async () => {
    const cwd = repository({
      'maestro.yaml': `${MAIN}include: [broken.yaml]\n`,
      'broken.yaml': 'agents: [',
      'other.maestro.yaml': `maestro: 1\nsystem: { name: other }\n${AGENT('trader')}`,
    });
    const { code, report } = await lint(cwd, '--rule', 'kill-switch-missing');
    expect(code).toBe(2);
    expect(report.findings).toHaveLength(1);
  });
});

/** The same description over several files: every component, flow and control in a file of chance. */
function scattered(text: string, random: Random): Record<string, string> {
  const root = parse(text, { merge: true, intAsBigInt: true }) as Map;
  const names = ['maestro.yaml', 'parts/a.yaml', 'parts/b.yaml', 'c.yaml'];
  const files = names.map((): Map => ({}));
  for (const [section, content] of random.shuffled(Object.entries(root))) {
    if (['maestro', 'system'].includes(section)) files[0]![section] = content;
    else if (Array.isArray(content))
      for (const item of random.shuffled(content)) {
        const file = random.pick(files);
        file[section] = random.shuffled([...((file[section] as unknown[]) ?? []), item]);
      }
    else
      for (const [id, item] of random.shuffled(Object.entries(content as Map))) {
        const file = random.pick(files);
        file[section] = { ...(file[section] as Map), [id]: item };
      }
  }
  const used = names.slice(1).filter((_, i) => Object.keys(files[i + 1]!).length > 0);
  files[0]!['include'] = random.shuffled(used);
  return Object.fromEntries(
    names.flatMap((name, i) => (Object.keys(files[i]!).length > 0 ? [[name, stringify(files[i])]] : [])),
  );
}

/** Everything a report says but for places. */
async function said(cwd: string) {
  const { report } = await lint(cwd, '--profile', 'strict', '--as-of', '2026-10-01');
  expect(report.errors).toEqual([]);
  const { findings, unknown } = report as { findings: Map[]; unknown: Map[] };
  const text = (each: unknown) => JSON.stringify(each);
  return {
    findings: findings
      .map(({ location: _, fix, steps, ...rest }) =>
        text({
          ...rest,
          fix: { ...(fix as Map), file: '' },
          steps: (steps as Map[] | undefined)?.map(({ node, text }) => ({ node, text })),
        }),
      )
      .sort(),
    unknown: unknown.map(({ location: _, ...rest }) => text(rest)).sort(),
  };
}

test.each(DESCRIPTIONS)('over which files $name is spread changes only places', async ({ text }) => {
  // Flow items keep their number in the path of a remedy, which is a place too.
  const withoutNumbers = (value: unknown) =>
    JSON.stringify(value).replaceAll(/\\"flows\\",\\"\d+\\"/g, 'flow');
  // No evidence is there, wherever it is looked for from.
  const whole = await said(repository({ 'maestro.yaml': text }));
  expect(whole.findings.length + whole.unknown.length).toBeGreaterThan(0);
  for (let seed = 1; seed <= 3; seed++) {
    const parts = await said(repository(scattered(text, new Random(seed))));
    expect(withoutNumbers(parts), `seed ${seed}`).toBe(withoutNumbers(whole));
  }
});
