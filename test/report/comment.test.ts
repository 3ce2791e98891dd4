import { describe, expect, test } from 'vitest';
import { comment } from '../../src/report/comment.ts';
import {
  COMMENT_LIMIT,
  type CommentOptions,
  markerLine,
  SUMMARY_LIMIT,
} from '../../src/report/comment-options.ts';
import { foreign, nodesOf, read, seen, skeleton } from '../support/gfm.ts';
import { MARKDOWN_ATTACKS } from '../support/markdown-attacks.ts';
import { accepted, changed, comparison, many, OPTIONS, opened, SHA, withTexts } from './change-fixture.ts';
import { finding, pathFinding, placed, problem, verdict } from './verdict-fixture.ts';

const EVERYTHING: CommentOptions = {
  ...OPTIONS,
  baseMissing: 'The base could not be fetched',
  isFork: true,
  policyChanged: ['maestro.config.yaml'],
  policyFrom: 'base',
  newlyWaived: [accepted()],
  assertionsWeakened: [
    {
      id: 'payouts-stay-human',
      systems: ['shop', 'till'],
      how: 'removed',
      gone: true,
      at: placed('intake'),
    },
    {
      id: 'known-vendors',
      systems: ['shop'],
      how: 'severity lowered from critical to low; its expression says something else',
      gone: false,
      at: placed('trader'),
    },
  ],
};
const OURS =
  /^https:\/\/(?:github\.example\/acme\/agents\/blob\/[0-9a-f]{40}\/[\w\-./%]*#L\d+(?:-L\d+)?|example\.org\/)/;

test('what a change does', async () => {
  await expect(comment(changed(), OPTIONS).body).toMatchFileSnapshot('../golden/report/comment.md');
});

test('nothing to compare with, a policy that changes, a file that cannot be read', async () => {
  const v = verdict({
    complete: false,
    findings: [opened()],
    errors: [problem()],
    waived: [accepted({ silence: { ...accepted().silence, owner: null, expires: null, by: 'comment' } })],
  });
  await expect(comment(v, EVERYTHING).body).toMatchFileSnapshot('../golden/report/comment-notices.md');
});

test('a change that only mends things', async () => {
  const v = verdict({ comparison: comparison({ fixed: [opened()] }) });
  const { body, empty } = comment(v, OPTIONS);
  expect(empty).toBe(false);
  await expect(body).toMatchFileSnapshot('../golden/report/comment-green.md');
});

describe('no comment is needed', () => {
  const quiet = (v = {}, options = {}) =>
    comment(verdict({ comparison: comparison(), ...v }), { ...OPTIONS, ...options }).empty;

  test('for a clean run, and for one with nothing new', () => {
    expect(quiet()).toBe(true);
    expect(quiet({ comparison: null })).toBe(true);
    expect(quiet({ findings: [finding()], comparison: comparison({ standing: [finding()] }) })).toBe(true);
    expect(quiet({ waived: [accepted()], known: [finding()] })).toBe(true);
    expect(comment(verdict({ comparison: comparison() }), OPTIONS).body).toContain(
      '✅ This change adds nothing.',
    );
  });

  test('but for everything else', () => {
    const { grants, controls } = changed().comparison!;
    expect(quiet({ findings: [finding()], comparison: null })).toBe(false);
    for (const change of [
      { added: [finding()] },
      { fixed: [finding()] },
      { grants: { ...grants, narrowed: [] } },
      { controls: { ...controls, removed: [] } },
      { controls: { ...controls, weakened: [] } },
    ])
      expect(quiet({ comparison: comparison(change) }), Object.keys(change).join()).toBe(false);
    expect(quiet({ complete: false, errors: [problem()] })).toBe(false);
    for (const notice of ['baseMissing', 'policyChanged', 'newlyWaived', 'assertionsWeakened'] as const)
      expect(quiet({}, { [notice]: EVERYTHING[notice] }), notice).toBe(false);
  });
});

test('nothing that was there before stands outside of a fold', () => {
  const old = finding({ message: 'an old thing', fingerprint: 'aa'.repeat(16) });
  const v = changed();
  const { body } = comment({ ...v, comparison: { ...v.comparison!, standing: [old] } }, OPTIONS);
  const fold = body.slice(body.indexOf('<details><summary>1 finding that was there before'));
  expect(body.split('an old thing')).toHaveLength(2);
  expect(fold).toContain('an old thing');
});

test('links lead to the lines at the head commit, from the top of the repository, and never out of it', () => {
  const at = (file: string, prefix = '') => {
    const one = finding({ location: { file, line: 3, column: 1, endLine: 5, endColumn: 2 } });
    const { body } = comment(verdict({ findings: [one] }), {
      ...OPTIONS,
      site: { ...OPTIONS.site!, prefix },
    });
    return nodesOf(read(body)).flatMap((node) =>
      node.type === 'link' && /blob/.test(node.url) ? [node.url] : [],
    );
  };
  const blob = `https://github.example/acme/agents/blob/${SHA}`;
  expect(at('a b/(x)_50%#?.yaml')).toEqual([`${blob}/a%20b/%28x%29%5F50%25%23%3F.yaml#L3-L5`]);
  expect(at('shop.yaml', 'deep/er')).toEqual([`${blob}/deep/er/shop.yaml#L3-L5`]);
  expect(at('../shop.yaml', 'deep/er')).toEqual([`${blob}/deep/shop.yaml#L3-L5`]);
  expect(at('../../../../evil/x/blob/main/a.yaml', 'deep')).toEqual([]);
  expect(at('/etc/passwd')).toEqual([]);
  for (const site of [
    null,
    { ...OPTIONS.site!, sha: 'main' },
    { ...OPTIONS.site!, repositoryUrl: 'javascript:alert(1)' },
  ])
    expect(comment(verdict({ findings: [finding()] }), { ...OPTIONS, site }).body).not.toContain('blob');
});

describe('hostile names', () => {
  const plain = comment(changed(), EVERYTHING).body;

  test('the page without them has nothing foreign', () => expect(foreign(plain, OURS)).toEqual([]));

  test.each(MARKDOWN_ATTACKS.map((attack) => [attack.slice(0, 60), attack]))('%j', (_, attack) => {
    const hostile = withTexts(changed(), () => attack);
    const options = {
      ...EVERYTHING,
      baseMissing: attack,
      policyChanged: [attack],
      newlyWaived: withTexts([accepted()], () => attack),
      assertionsWeakened: withTexts(EVERYTHING.assertionsWeakened!, () => attack),
    };
    const { body } = comment(hostile, options);
    expect(foreign(body, OURS)).toEqual([]);
    // A path of one name has one stop, and YAML of nothing is no block: only blocks that names fill may differ.
    const blocks = (page: string) =>
      skeleton(read(page)).filter((line) => !/ (?:code yaml|paragraph)$/.test(line));
    const without = withTexts(changed(), () => 'x');
    const expected = comment(without, {
      ...options,
      baseMissing: 'x',
      policyChanged: ['x'],
      newlyWaived: withTexts([accepted()], () => 'x'),
      assertionsWeakened: withTexts(EVERYTHING.assertionsWeakened!, () => 'x'),
    });
    if (attack.trim() !== '' && !body.includes('Left out'))
      expect(blocks(body)).toEqual(blocks(expected.body));
    expect(body.split('<!-- maestro-lint')).toHaveLength(2);
    expect(body.split('\n').slice(1).join('\n')).not.toMatch(/<!--|-->/);
    expect(body).not.toMatch(/^\s*::\w|##\[/m);
  });

  test('a name is read as it is written', () => {
    for (const attack of MARKDOWN_ATTACKS.filter(
      (each) => /^[ -~]{1,100}$/.test(each) && !/--|::|##|]]>/.test(each),
    )) {
      const { body } = comment(verdict({ findings: [finding({ message: attack })] }), OPTIONS);
      expect(seen(read(body))).toContain(attack.trim());
    }
  });
});

describe('limits', () => {
  const large = many(3000);

  test.each([
    ['comment', COMMENT_LIMIT, 60_000],
    ['summary', SUMMARY_LIMIT, 1_000_000],
  ])('3,000 findings fit in a %s, the worst are kept, and the rest is counted', (name, limit, most) => {
    const { body } = comment(large, { ...OPTIONS, limit });
    expect(limit.size(body)).toBeLessThanOrEqual(most);
    expect(body.length).toBeGreaterThan(most * 0.4);
    const kept = body.match(/^\| \S+&nbsp;(?:critical|high|medium|low) \|.*\|$/gm)!.length;
    const left = Number(/Left out for length: (\d+) of \d+ new findings/.exec(body)?.[1] ?? 0);
    expect(kept + left).toBe(3000);
    if (name === 'comment') {
      expect(foreign(body, OURS)).toEqual([]);
      expect(kept).toBeGreaterThan(50);
      expect(body.match(/^\| 🟥/gm)).toHaveLength(kept);
    }
    expect(body).toContain('(750 critical, 750 high, 750 medium, 750 low)');
  });

  test('what matters least goes first, and nothing is cut inside a table, a fence or a fold', () => {
    const paths = Array.from({ length: 5 }, (_, i) => ({ ...opened(), fingerprint: `${i}`.repeat(32) }));
    const v = {
      ...large,
      comparison: {
        ...large.comparison!,
        added: [...paths, ...large.findings.slice(0, 40)],
        standing: large.findings.slice(40),
        fixed: large.findings.slice(0, 300),
      },
      waived: Array.from({ length: 300 }, () => accepted()),
    };
    const whole = comment(v, { ...EVERYTHING, limit: SUMMARY_LIMIT }).body;
    let before = whole.length + 1;
    for (const most of [200_000, 90_000, 60_000, 40_000, 25_000, 15_000, 8000, 4000]) {
      const { body } = comment(v, { ...EVERYTHING, limit: { ...COMMENT_LIMIT, most } });
      expect(body.length).toBeLessThanOrEqual(most);
      expect(body.length).toBeLessThan(before);
      before = body.length;
      expect(foreign(body, OURS), String(most)).toEqual([]);
      expect(body.split('<details>').length).toBe(body.split('</details>').length);
      expect(body).toContain('🟥&nbsp;critical');
      expect(body).toMatch(/Left out for length: \d+ of \d+ findings that were there before/);
    }
  });

  test('one that fits to the character is whole, one less is not', () => {
    const v = changed();
    const { body } = comment(v, OPTIONS);
    const at = (most: number) => comment(v, { ...OPTIONS, limit: { ...COMMENT_LIMIT, most } }).body;
    expect(at(body.length)).toBe(body);
    expect(at(body.length - 1)).toContain('Left out for length: 1 of 1 findings that were there before');
  });

  // Looking at each character once is quick; once for every other one takes longer than any test may.
  test('texts of a megabyte end', () => {
    const huge = withTexts(changed(), () => '$|`@a'.repeat(200_000));
    expect(comment(huge, OPTIONS).body.length).toBeLessThanOrEqual(60_000);
  });
});

test('a summary has no marker, and two keys make two markers', () => {
  expect(comment(changed(), { ...OPTIONS, marker: null }).body).toMatch(/^### /);
  expect(markerLine('default')).toBe('<!-- maestro-lint default -->');
  expect(markerLine('a')).not.toBe(markerLine('b'));
});

test('a picture has at most a dozen nodes, whatever the path', () => {
  const steps = Array.from({ length: 40 }, (_, i) => ({
    ...opened().steps![0]!,
    node: `n${i}`,
    text: `step ${i}`,
  }));
  const { body } = comment(verdict({ findings: [pathFinding({ steps })] }), OPTIONS);
  expect(body.match(/^ {4}n\d+\(/gm)).toHaveLength(11);
  expect(body).toContain('30 more');
});
