import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, HOME, maestro } from '../support/cli.ts';

const DESK = `maestro: 1
system: { name: desk }
boundaries: { internet: { trust: untrusted }, corp: { trust: internal } }
actors: { inbox: { kind: content, boundary: internet } }
models: { planner_llm: { provider: example-vendor } }
agents:
  intake: { runs_on: cluster, models: [planner_llm], reads: [inbox], delegates_to: { payer: { auth: mtls } } }
  payer: { runs_on: cluster, models: [planner_llm], tools: { payments: { actions: [approve] } } }
tools: { payments: { kind: payment, actions: { approve: { effect: pay }, refund: { effect: pay } } } }
infrastructure: { cluster: { kind: kubernetes, boundary: corp } }
`;
const STAYS_HUMAN =
  '{ id: payouts-stay-human, never: { from: inbox, to: payments.approve, unless: human_approval } }';
const asserting = (...assertions: string[]): string =>
  `${DESK}assert:\n${assertions.map((each) => `  - ${each}\n`).join('')}`;

interface Found {
  rule: string;
  severity: string;
  subject: string[];
  message: string;
  fingerprint: string;
  location: { line: number; column: number; file: string };
  related?: { message: string; location: { line: number; file: string } };
  steps?: { node: string }[];
  sources?: string[];
}

const onlyOwn = ({ rule }: { rule: string }): boolean => rule.startsWith('assert-');

async function lint(files: Record<string, string> | string, ...argv: string[]) {
  const cwd = typeof files === 'string' ? files : folder(files);
  const { stdout, code } = await maestro(cwd, ['lint', '-f', 'json', ...argv]);
  const report = JSON.parse(stdout);
  return {
    code,
    cwd,
    report,
    own: report.findings.filter(onlyOwn) as Found[],
    unknown: report.unknown.filter(onlyOwn) as { rule: string; facts: string[] }[],
    errors: report.errors.map(
      ({ code: kind, message, suggestion, location }: never) =>
        [kind, message, suggestion, (location as { line: number } | null)?.line] as unknown[],
    ),
  };
}

/** What is broken in a description that asserts this: `rule of subject`. */
async function broken(text: string, ...argv: string[]): Promise<string[]> {
  const { own, errors } = await lint({ 'maestro.yaml': text }, ...argv);
  expect(errors).toEqual([]);
  return own.map(({ rule, subject }) => `${rule} of ${subject.join(' ')}`);
}

describe('never', () => {
  test('is broken by a path, which is told step by step at the line of what it reaches', async () => {
    const { own, code } = await lint({ 'maestro.yaml': asserting(STAYS_HUMAN) });
    expect(code).toBe(1);
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({
      rule: 'assert-payouts-stay-human',
      severity: 'high',
      subject: ['payments.approve'],
      message:
        'inbox reaches payments.approve with no human_approval on the way, which payouts-stay-human rules out',
      location: { file: 'maestro.yaml', line: 9 },
      related: { message: 'the assertion', location: { file: 'maestro.yaml', line: 12 } },
      sources: ['inbox'],
    });
    expect(own[0]!.steps!.map(({ node }) => node)).toEqual(['inbox', 'intake', 'payer', 'payments.approve']);
  });

  test.each([
    ['on the call', 'actions: [approve]', 'actions: { approve: { approval: human } }', 0],
    ['on the grant', 'actions: [approve]', 'actions: [approve], controls: { human_approval: true }', 0],
    ['by the agent that calls', '\n  payer: { ', '\n  payer: { controls: { human_approval: true }, ', 0],
    ['planned alone', 'actions: [approve]', 'actions: [approve], controls: { human_approval: planned }', 1],
    // Whoever hands the task on has approval for its own calls: the call that counts is not its own.
    ['by an agent before it', 'intake: { ', 'intake: { controls: { human_approval: true }, ', 1],
    ['of another action', 'actions: [approve]', 'actions: { approve: {}, refund: { approval: human } }', 1],
  ])('approval %s', async (_, from, to, findings) => {
    expect(await broken(asserting(STAYS_HUMAN).replace(from, to))).toHaveLength(findings);
  });

  test('takes lists, boundaries for what is in them and tools for their actions', async () => {
    const all =
      '{ id: a, never: { from: internet, to: [payments, cluster], unless: [spend_limit, human_approval] } }';
    const text = asserting(all).replace('actions: [approve]', 'actions: [approve, refund], limits: {}');
    expect(await broken(text)).toEqual(['assert-a of payments.approve', 'assert-a of payments.refund']);
    expect(await broken(text.replace('limits: {}', 'limits: { per_day: 10 USD }'))).toEqual([]);
  });

  test('supposes that whatever it names can be bent', async () => {
    const { own } = await lint({
      'maestro.yaml': asserting('{ id: a, never: { from: payer, to: payments.approve } }'),
    });
    expect(own[0]!.message).toBe('payer reaches payments.approve, which a rules out');
    expect((own[0]!.steps as { text?: string }[])[0]!.text).toBe('suppose that somebody bends payer');
  });
});

describe('only', () => {
  const ONLY = '{ id: just-approves, severity: medium, only: { agent: payer, may: [payments.approve] } }';

  test('is broken by a grant of more, one of everything too', async () => {
    expect(await broken(asserting(ONLY))).toEqual([]);
    for (const grant of ['[approve, refund]', '{ approve: {}, refund: {} }', '["*"]']) {
      expect(await broken(asserting(ONLY).replace('[approve]', grant))).toEqual([
        'assert-just-approves of payer payments',
      ]);
    }
    const { own } = await lint({ 'maestro.yaml': asserting(ONLY).replace('{ actions: [approve] }', '{}') });
    expect(own[0]).toMatchObject({
      severity: 'medium',
      message: 'payer may call payments.refund, and just-approves allows it only payments.approve',
      location: { line: 8 },
      related: { location: { line: 12 } },
    });
  });

  test('allows a whole tool, or nothing; other agents are not meant', async () => {
    expect(
      await broken(
        asserting('{ id: a, only: { agent: payer, may: [payments] } }').replace('[approve]', '["*"]'),
      ),
    ).toEqual([]);
    expect(await broken(asserting('{ id: a, only: { agent: payer, may: [] } }'))).toEqual([
      'assert-a of payer payments',
    ]);
    expect(await broken(asserting('{ id: a, only: { agent: intake, may: [] } }'))).toEqual([]);
  });
});

describe('that', () => {
  const VENDORS = `{ id: known-vendors, that: 'system.models.all(m, m.provider in ["self"])' }`;

  test('is broken where it is written, and says for which members', async () => {
    const { own } = await lint({ 'maestro.yaml': asserting(VENDORS) });
    expect(own).toMatchObject([
      {
        subject: ['system'],
        message: 'known-vendors does not hold: not so for planner_llm',
        location: { line: 12 },
      },
    ]);
    expect(own[0]!.related).toBeUndefined();
    expect(await broken(asserting(VENDORS.replace('self', 'example-vendor')))).toEqual([]);
  });

  test('what nobody declared decides neither way', async () => {
    for (const text of ['m.hosting == "vendor"', 'm.hosting != "vendor"']) {
      const { own, unknown } = await lint({
        'maestro.yaml': asserting(`{ id: a, that: 'system.models.all(m, ${text})' }`),
      });
      expect(own).toEqual([]);
      expect(unknown).toMatchObject([
        { rule: 'assert-a', facts: ['planner_llm.hosting'], location: { line: 12 } },
      ]);
    }
  });

  test('a missing fact that cannot change the outcome does not matter', async () => {
    expect(
      await broken(
        asserting(`{ id: a, that: 'system.models.all(m, m.hosting == "vendor" && m.provider == "self")' }`),
      ),
    ).toEqual(['assert-a of system']);
  });

  test('members are named only where the expression is about all of one list', async () => {
    for (const text of [
      '(system.models.all(m, m.provider == "self"))',
      'system.models.all(m, m.provider == "self") || false',
    ]) {
      const { own } = await lint({ 'maestro.yaml': asserting(`{ id: a, that: '${text}' }`) });
      expect(own[0]!.message).toBe('a does not hold');
    }
    const { own } = await lint({
      'maestro.yaml': asserting(
        `{ id: a, that: 'system.models.all(m, (m.provider == "x") || (m.provider == "y"))' }`,
      ),
    });
    expect(own[0]!.message).toBe('a does not hold: not so for planner_llm');
  });
});

describe('a broken assertion', () => {
  const FILES = { 'maestro.yaml': asserting(STAYS_HUMAN) };
  const RULE = ['--rule', 'assert-payouts-stay-human'];

  test.each(['text', 'sarif', 'markdown', 'github', 'gitlab', 'junit'])('stands in %s', async (format) => {
    const { stdout, code } = await maestro(folder(FILES), ['lint', '-f', format, ...RULE]);
    expect(code).toBe(1);
    expect(stdout).toContain('assert-payouts-stay-human');
    if (format === 'text') expect(stdout).toContain('the assertion: maestro.yaml:12:5');
    if (format === 'sarif') {
      const [result] = JSON.parse(stdout).runs[0].results;
      expect(result.codeFlows[0].threadFlows[0].locations).toHaveLength(4);
      expect(result.relatedLocations.map(({ id }: { id: number }) => id)).toEqual([1, 2, 3, 4, 5]);
      expect(result.relatedLocations[4]).toMatchObject({
        message: { text: 'the assertion' },
        physicalLocation: { region: { startLine: 12 } },
      });
    }
  });

  test('can be waived, ignored by a comment and put into a baseline', async () => {
    const waiver =
      'waivers: [{ rule: assert-payouts-stay-human, component: payments.approve, reason: r, owner: o }]\n';
    const waived = await lint({ 'maestro.yaml': FILES['maestro.yaml'] + waiver }, ...RULE);
    expect([waived.own, waived.report.waived.length, waived.report.warnings]).toEqual([[], 1, []]);
    const comment = asserting(STAYS_HUMAN).replace(
      'tools: { payments: { kind',
      '# maestro: ignore[assert-payouts-stay-human] a trial\ntools: { payments: { kind',
    );
    expect((await lint({ 'maestro.yaml': comment }, ...RULE)).report.waived).toHaveLength(1);
    const cwd = folder(FILES);
    expect((await maestro(cwd, ['baseline', 'create'])).code).toBe(0);
    const known = await lint(cwd, ...RULE);
    expect([known.own, known.report.known.length]).toEqual([[], 1]);
    writeFileSync(join(cwd, 'maestro.yaml'), DESK);
    expect((await maestro(cwd, ['baseline', 'prune'])).code).toBe(0);
  });

  test('a waiver for an assertion that is not there is told', async () => {
    const waiver =
      'waivers: [{ rule: assert-payouts-stay-humen, component: payments, reason: r, owner: o }]\n';
    const { report } = await lint({ 'maestro.yaml': FILES['maestro.yaml'] + waiver });
    expect(report.warnings).toMatchObject([
      { code: 'waiver-rule', suggestion: expect.stringContaining('assert-payouts-stay-human') },
    ]);
  });

  test('is explained by its fingerprint and by its id', async () => {
    const cwd = folder(FILES);
    const { own } = await lint(cwd);
    const finding = await maestro(cwd, ['explain', own[0]!.fingerprint]);
    expect(finding).toMatchObject({ code: 0, stderr: '' });
    expect(finding.stdout).toContain('human_approval on payer → payments.approve (step 4): not in force');
    expect(finding.stdout).toContain(
      'human_approval  on payer → payments.approve, or on payer → payments, or on payer',
    );
    const rule = await maestro(cwd, ['explain', 'assert-payouts-stay-human']);
    expect(rule).toMatchObject({ code: 0 });
    expect(rule.stdout).toContain('Own assertion payouts-stay-human does not hold');
  });

  test('keeps its fingerprint when lines, names of files and the order of things change', async () => {
    const before = (await lint(FILES)).own[0]!;
    const moved = asserting('{ id: other, that: "true" }', STAYS_HUMAN).replace(
      'boundaries:',
      '\n\nboundaries:',
    );
    const after = (await lint({ 'desk.maestro.yaml': moved })).own[0]!;
    expect(after.fingerprint).toBe(before.fingerprint);
    expect(after.location.line).not.toBe(before.location.line);
  });

  test('counts with a base where the change breaks it, and not where it was broken before', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
        cwd,
        stdio: 'pipe',
      });
    const held = asserting(STAYS_HUMAN).replace('[approve]', '{ approve: { approval: human } }');
    const cwd = folder({ 'maestro.yaml': held });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'held');
    const base = ['--base', 'HEAD', ...RULE];
    expect((await maestro(cwd, ['lint', ...base])).code).toBe(0);
    writeFileSync(join(cwd, 'maestro.yaml'), asserting(STAYS_HUMAN));
    expect((await maestro(cwd, ['lint', ...base])).code).toBe(1);
    git('commit', '-qam', 'broken');
    expect((await maestro(cwd, ['lint', ...base])).code).toBe(0);
    const { stdout } = await maestro(cwd, ['diff', 'HEAD~1', '--fail-on', 'never']);
    expect(stdout).toContain('assert-payouts-stay-human');
  });

  test('is not new where only names changed', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
        cwd,
        stdio: 'pipe',
      });
    const cwd = folder(FILES);
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'before');
    writeFileSync(join(cwd, 'maestro.yaml'), FILES['maestro.yaml'].replaceAll(/\bpayments\b/g, 'payouts'));
    const { report, code } = await lint(cwd, '--base', 'HEAD', ...RULE);
    expect(report.findings).toMatchObject([{ subject: ['payouts.approve'], change: 'unchanged' }]);
    expect(code).toBe(0);
  });

  test('is closed by what `maestro paths` says', async () => {
    const { stdout } = await maestro(folder(FILES), ['paths', '--fail-on', 'never', ...RULE]);
    expect(stdout).toContain('human_approval on payer');
  });
});

describe('which assertions run', () => {
  const TWO = asserting(STAYS_HUMAN, '{ id: none, that: "false" }');

  test('all in every profile; one by its id; none for rules of a framework', async () => {
    expect(await broken(TWO, '--profile', 'essential')).toHaveLength(2);
    expect(await broken(TWO, '--rule', 'assert-none')).toEqual(['assert-none of system']);
    expect(await broken(TWO, '--framework', 'owasp-asi')).toEqual([]);
    expect((await maestro(folder({ 'maestro.yaml': DESK }), ['lint', '--rule', 'assert-none'])).code).toBe(3);
  });

  test('those of included files, by places in them', async () => {
    const { own } = await lint({
      'maestro.yaml': `${DESK}include: [own/*.yaml]\n`,
      'own/a.yaml': `assert:\n  - ${STAYS_HUMAN}\n`,
    });
    expect(own[0]!.related!.location).toMatchObject({ file: 'own/a.yaml', line: 2 });
  });

  test('those of maestro.assert.yaml, for the system they name or for all', async () => {
    const beside = `assertions: 1
assert:
  - { id: everywhere, that: "false" }
  - { id: payouts-stay-human, system: desk, never: { from: inbox, to: payments.approve, unless: human_approval } }
`;
    const other = 'maestro: 1\nsystem: { name: other }\nagents: { a: {} }\n';
    const { own, cwd } = await lint({
      '.git/HEAD': '',
      'maestro.assert.yaml': beside,
      'x/maestro.yaml': DESK,
      'x/other.maestro.yaml': other,
    });
    expect(own.map(({ rule }) => rule).sort()).toEqual([
      'assert-everywhere',
      'assert-everywhere',
      'assert-payouts-stay-human',
    ]);
    expect(own.find(({ rule }) => rule === 'assert-payouts-stay-human')!.related!.location.file).toBe(
      'maestro.assert.yaml',
    );
    expect((await lint(join(cwd, 'x'))).own).toHaveLength(3);
    expect((await lint(cwd, '--no-ignores')).own).toHaveLength(3);
    rmSync(join(cwd, 'x/maestro.yaml'));
    writeFileSync(join(cwd, 'maestro.assert.yaml'), beside.replace('system: desk, ', ''));
    const { errors, code } = await lint(cwd);
    expect(code).toBe(2);
    expect(errors[0]).toEqual([
      'unknown-reference',
      expect.stringContaining('Nothing is called `inbox`'),
      expect.stringContaining('system: name'),
      4,
    ]);
    writeFileSync(join(cwd, 'maestro.assert.yaml'), 'assertions: 1\nassert: [{ idd: x }]\n');
    expect((await lint(cwd)).errors.map(([kind]: unknown[]) => kind)).toContain('unknown-key');
  });

  describe('for a system that no description has', () => {
    const OTHER = 'maestro: 1\nsystem: { name: other }\nagents: { a: {} }\n';
    const beside = (system: string) =>
      `assertions: 1\nassert:\n  - { id: one, system: ${system}, that: "true" }\n  - { id: two, system: ${system}, that: "false" }\n`;
    const files = (system: string, more: Record<string, string> = {}) => ({
      '.git/HEAD': '',
      'maestro.assert.yaml': beside(system),
      'x/maestro.yaml': DESK,
      'x/other.maestro.yaml': OTHER,
      ...more,
    });
    const remarks = async (cwd: string, ...argv: string[]) => {
      const { report, errors, code } = await lint(cwd, '--fail-on', 'never', ...argv);
      const told = report.warnings.map(({ code: kind, message, suggestion, location }: never) => [
        kind,
        message,
        suggestion,
        (location as { line: number } | null)?.line,
      ]);
      return { code, errors, told };
    };

    test('is a mistake where everything is linted, at its place', async () => {
      expect(await remarks(folder(files('dekk')))).toEqual({
        code: 2,
        told: [],
        errors: [
          ['assertion-system', 'No description has a system called `dekk`', 'Did you mean `desk`?', 3],
          ['assertion-system', 'No description has a system called `dekk`', 'Did you mean `desk`?', 4],
        ],
      });
      const { errors } = await remarks(folder(files('something-else')));
      expect(errors[0]![2]).toBe('There are `desk`, `other`; without `system:` it is for each of them');
    });

    test('is a remark where others may be linted elsewhere', async () => {
      const elsewhere = [
        'assertion-system',
        'No system that is linted here is called `desk`: 2 assertions were not checked',
        undefined,
        3,
      ];
      const cwd = folder(files('desk', { 'y/third.maestro.yaml': OTHER.replace('other', 'third') }));
      const seen = { code: 0, errors: [], told: [elsewhere] };
      expect(await remarks(cwd, 'x/other.maestro.yaml')).toEqual(seen);
      expect(await remarks(cwd, 'y')).toEqual(seen);
      expect(await remarks(join(cwd, 'y'))).toEqual(seen);
      expect(await remarks(cwd, 'y', '.')).toMatchObject({ code: 0, errors: [], told: [] });
      const slip = folder(files('othr'));
      expect((await remarks(slip, 'x/other.maestro.yaml')).told[0]![2]).toBe('Did you mean `other`?');
    });

    test('is told once for all parts of a lint', async () => {
      const cwd = folder(files('dekk', { 'y/third.maestro.yaml': OTHER.replace('other', 'third') }));
      const parts = ['1/3', '2/3', '3/3'];
      const shard = (part: string) =>
        maestro(cwd, [
          'lint',
          '--shard',
          part,
          '-f',
          'json',
          '-o',
          `${part[0]}.json`,
          '--rule',
          'assert-one',
        ]);
      for (const part of parts) expect([0, 2, 3], part).toContain((await shard(part)).code);
      const merge = ['merge', '1.json', '2.json', '3.json', '-f', 'json'];
      const merged = await maestro(cwd, merge);
      expect(merged.code).toBe(2);
      expect(JSON.parse(merged.stdout).errors.map(({ message }: { message: string }) => message)).toEqual([
        'No description has a system called `dekk`',
        'No description has a system called `dekk`',
      ]);
      writeFileSync(join(cwd, 'maestro.assert.yaml'), beside('desk'));
      for (const part of parts) expect([0, 3], part).toContain((await shard(part)).code);
      expect(JSON.parse((await maestro(cwd, merge)).stdout)).toMatchObject({ errors: [], warnings: [] });
    });

    test('is not told while a description cannot be read: it may be the one', async () => {
      const broken = folder(files('desk', { 'x/maestro.yaml': DESK.replace('agents:', 'agnts:') }));
      const { errors } = await remarks(broken);
      expect(errors.map(([kind]: unknown[]) => kind)).not.toContain('assertion-system');
    });

    test('is a mistake with a base too, and none of the base', async () => {
      const git = (...args: string[]) =>
        execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
          cwd,
          stdio: 'pipe',
        });
      const { '.git/HEAD': _, ...plain } = files('dekk');
      const cwd = folder(plain);
      git('init', '-q');
      git('add', '.');
      git('commit', '-qm', 'before');
      expect((await remarks(cwd, '--base', 'HEAD')).errors).toHaveLength(2);
      writeFileSync(join(cwd, 'maestro.assert.yaml'), beside('desk'));
      expect(await remarks(cwd, '--base', 'HEAD')).toEqual({ code: 0, errors: [], told: [] });
    });
  });

  test('an id stands for one assertion, also beside the description, and no rule of a pack has it', async () => {
    const beside = `assertions: 1\nassert: [${STAYS_HUMAN}]\n`;
    const { errors } = await lint({ 'maestro.yaml': asserting(STAYS_HUMAN), 'maestro.assert.yaml': beside });
    expect(errors[0].slice(0, 2)).toEqual([
      'duplicate-assertion',
      'Two assertions are called `payouts-stay-human`',
    ]);
    const rule = readFileSync(join(HOME, 'rules/agent-frameworks/kill-switch-missing.yaml'), 'utf8');
    const pack = await lint(
      { 'maestro.yaml': DESK, 'pack/assert-x.yaml': rule.replace('id: kill-switch-missing', 'id: assert-x') },
      '--pack',
      'pack',
    );
    expect(pack.errors[0].slice(0, 2)).toEqual([
      'duplicate-rule',
      'Ids that begin with `assert-` are those of own assertions',
    ]);
  });
});

describe('maestro test', () => {
  const TESTED = `assertions: 1
assert:
  - id: payouts-stay-human
    never: { from: inbox, to: payments.approve, unless: human_approval }
    tests:
      - name: nobody agrees
        model: |
          actors: { inbox: { kind: content } }
          agents: { payer: { reads: [inbox], tools: [payments] } }
          tools: { payments: { actions: { approve: { effect: pay } } } }
        finds: [{ subject: payments.approve }]
      - name: a person agrees
        model: |
          actors: { inbox: { kind: content } }
          agents: { payer: { reads: [inbox], tools: { payments: { approval: human } } } }
          tools: { payments: { actions: { approve: { effect: pay } } } }
        finds: []
  - id: known-vendors
    that: 'system.models.all(m, m.hosting == "vendor")'
    tests:
      - { name: nobody says, model: "models: { llm: {} }", finds: [], unknown: [llm.hosting] }
`;

  test('runs the tests of assertions, wherever they stand', async () => {
    const inside = `${DESK}${TESTED.replace('assertions: 1\n', '')}`;
    for (const [files, argv] of [
      [{ 'maestro.assert.yaml': TESTED }, []],
      [{ 'maestro.assert.yaml': TESTED }, ['maestro.assert.yaml']],
      [{ 'maestro.yaml': inside }, []],
      [{ 'maestro.yaml': inside }, ['maestro.yaml']],
      [{ 'x/desk.maestro.yaml': inside }, ['x']],
      [
        { 'maestro.yaml': `${DESK}include: [own.yaml]\n`, 'own.yaml': TESTED.replace('assertions: 1\n', '') },
        ['maestro.yaml'],
      ],
    ] as const) {
      const run = await maestro(folder(files), ['test', ...argv]);
      expect(run, JSON.stringify(argv)).toMatchObject({
        code: 0,
        stdout: '3 passed, 0 failed\n',
        stderr: '',
      });
    }
  });

  test('says what was expected and what came, and where a model lacks what the assertion names', async () => {
    const wrong = TESTED.replace('finds: [{ subject: payments.approve }]', 'finds: []')
      .replace('model: "models: { llm: {} }"', 'model: "models: { llm: { hosting: vendor } }"')
      .replace('{ payments: { approval: human } }', '{ mail: {} }');
    const { code, stdout } = await maestro(folder({ 'maestro.assert.yaml': wrong }), ['test']);
    expect(code).toBe(1);
    expect(stdout).toContain('failed[assert-payouts-stay-human] nobody agrees\n  maestro.assert.yaml:6:15');
    expect(stdout).toMatch(/extra +payments\.approve/);
    expect(stdout).toContain('its model is not valid: 1 mistake');
    expect(stdout).toContain('unknown llm.hosting');
    expect(stdout).toContain('0 passed, 3 failed');
  });

  test('rules and assertions of one folder together; a place without any is a mistake', async () => {
    const rule = readFileSync(join(HOME, 'rules/agent-frameworks/kill-switch-missing.yaml'), 'utf8');
    const cwd = folder({
      'maestro.config.yaml': 'config: 1\npacks: [pack]\n',
      'pack/own-switch.yaml': rule
        .replace('id: kill-switch-missing', 'id: own-switch')
        .replace(/^supersedes:.*\n/m, ''),
      'maestro.assert.yaml': TESTED,
    });
    const { code, stdout } = await maestro(cwd, ['test']);
    expect(code).toBe(0);
    const passed = Number(/^(\d+) passed/.exec(stdout)![1]);
    expect(passed).toBeGreaterThan(5);
    const alone = await maestro(cwd, ['test', 'pack']);
    expect(alone.stdout).toBe(`${passed - 3} passed, 0 failed\n`);
    expect((await maestro(folder({ 'maestro.yaml': DESK }), ['test', 'maestro.yaml'])).code).toBe(2);
    expect((await maestro(cwd, ['test', 'maestro.assert.yml'])).code).toBe(2);
  });
});

test('the quick program knows of assertions only that they are there', () => {
  const quick = join(HOME, 'dist/quick.js');
  expect(existsSync(quick)).toBe(true);
  const text = readFileSync(quick, 'utf8');
  for (const ours of ['rules out', 'Nothing says what has to hold']) expect(text).not.toContain(ours);
});
