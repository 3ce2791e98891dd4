import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Risk } from '../../src/finding/finding.ts';
import type { System } from '../../src/model/system.ts';
import type { DataMap } from '../../src/model/yaml.ts';
import { readYaml } from '../../src/model/yaml.ts';
import { evaluate } from '../../src/rules/evaluate.ts';
import type { Rule } from '../../src/rules/hit.ts';
import { contextOf } from '../../src/rules/rule-tests.ts';
import { place } from '../../src/verdict/place.ts';
import { HOME } from '../support/cli.ts';
import { rules, systemOf, vocabulary } from '../support/pack.ts';

const described = (yaml: string): System =>
  systemOf(readYaml('model', `maestro: 1\nsystem: { name: risky }\n${yaml}`).data);

/** Risks of the findings of one rule, by their subject. */
function risksOf(system: System, id: string, which: readonly Rule[] = rules): Record<string, Risk> {
  const own = which.filter((rule) => rule.id === id);
  expect(own).toHaveLength(1);
  const { findings } = place(system, evaluate(system, own, vocabulary, contextOf([])));
  return Object.fromEntries(findings.map(({ subject, risk }) => [subject.join(), risk!]));
}

const GRADES = `
boundaries: { internet: { trust: untrusted }, office: { trust: internal } }
actors:
  stranger: { kind: content, boundary: internet }
  clerk: { kind: user, boundary: office }
  somebody: { kind: user }
agents:
  near: { autonomy: bounded, reads: [stranger], delegates_to: behind }
  behind: { autonomy: bounded, delegates_to: far }
  far: { autonomy: bounded, serves: clerk }
  open: { autonomy: bounded, exposure: public }
  doubtful: { autonomy: bounded, serves: somebody }
`;

describe('probability', () => {
  const risks = risksOf(described(GRADES), 'kill-switch-missing');

  test.each([
    ['near', 3, 'what an attacker writes gets to near with no other agent in between'],
    ['open', 3, 'anyone can reach open'],
    [
      'behind',
      2,
      'what an attacker writes gets to near with no other agent in between, one step from behind',
    ],
    ['doubtful', 2, 'nobody knows whether an attacker gets to doubtful: somebody.boundary is not declared'],
    ['far', 1, 'nothing that an attacker controls is within one step of far'],
  ] as const)('%s: %i', (id, grade, why) => {
    expect([risks[id]!.probability, risks[id]!.why[0]]).toEqual([grade, why]);
  });

  test('on an attack path, the agents that have to be bent', () => {
    const chain = (agents: number) => {
      const names = Array.from({ length: agents }, (_, i) => `a${i}`);
      const written = names.map((name, i) => {
        const says = [
          'autonomy: bounded',
          ...(i === 0 ? ['reads: stranger'] : []),
          i === agents - 1 ? 'tools: { sh: { actions: [run] } }' : `delegates_to: a${i + 1}`,
        ];
        return `  ${name}: { ${says.join(', ')} }`;
      });
      return described(`boundaries: { internet: { trust: untrusted } }
actors: { stranger: { kind: content, boundary: internet } }
agents:
${written.join('\n')}
tools: { sh: { kind: shell, actions: { run: { effect: execute } } } }
`);
    };
    const grades = [1, 2, 3].map((n) => Object.values(risksOf(chain(n), 'untrusted-input-reaches-code'))[0]);
    expect(grades.map((risk) => risk?.probability)).toEqual([3, 2, 1]);
    expect(grades[2]!.why[0]).toBe('from stranger 3 agents have to be bent one after the other');
  });
});

describe('impact', () => {
  const impact = (agent: string, more = '') =>
    risksOf(described(`agents: { a: { autonomy: bounded, ${agent} } }\n${more}`), 'kill-switch-missing')[
      'a'
    ]!;
  const tool = (action: string) => `tools: { t: { actions: { x: { ${action} }, y: { effect: read } } } }`;
  const store = (says: string) => `data: { d: { ${says} } }`;

  test.each([
    ['tools: t', tool('effect: pay'), 3, 't.x can pay'],
    ['tools: t', tool('effect: delete'), 3, 't.x can delete'],
    ['tools: t', tool('effect: write, irreversible: true'), 3, 'nobody can take back what t.x does'],
    ['tools: t', tool('effect: send'), 2, 't.x can send'],
    ['tools: t', tool('description: x'), 2, 'what t.x does is not declared'],
    ['tools: { t: { actions: [y] } }', tool('effect: pay'), 1, 't.y only reads'],
    ['reads: d', store('classification: restricted'), 3, 'd holds restricted data'],
    ['memory: d', store('classification: confidential'), 2, 'd holds confidential data'],
    ['reads: d', store('classification: internal, contains: [pii]'), 2, 'd holds internal data (pii)'],
    ['reads: d', store('kind: database'), 2, 'how sensitive d is, is not declared'],
    ['writes: d', store('classification: internal'), 1, 'd holds internal data'],
    ['role: worker', '', 1, 'nothing that acts or holds data hangs on a'],
  ] as const)('%s, %s: %i', (agent, more, grade, why) => {
    const risk = impact(agent, more);
    expect([risk.impact, risk.why[1]]).toEqual([grade, why]);
  });

  test('what is next to a host counts for it, and the importance of the system for all', () => {
    const yaml = (criticality: string) =>
      systemOf(
        readYaml(
          'model',
          `maestro: 1
system: { name: risky, criticality: ${criticality} }
agents: { a: { runs_on: h, writes: d } }
data: { d: { classification: confidential } }
infrastructure: { h: { kind: vm } }
`,
        ).data,
      );
    const grades = ['low', 'medium', 'critical'].map((each) => risksOf(yaml(each), 'host-unsegmented')['h']!);
    expect(grades.map(({ impact: grade }) => grade)).toEqual([1, 2, 3]);
    expect(grades[1]!.why[1]).toBe('next to h, d holds confidential data');
    expect(grades[2]!.why[1]).toBe(
      'next to h, d holds confidential data, in a system of critical importance',
    );
  });
});

describe('exploitability', () => {
  const answersOf = (threat: string): string[] =>
    [...vocabulary.values()]
      .filter(({ answers, impliedBy, for: kinds }) => {
        return answers.includes(threat) && kinds.includes('agent') && impliedBy['agent'] === undefined;
      })
      .map(({ name }) => name)
      .filter((name) => name !== 'kill_switch');
  const threats = [...new Set([...vocabulary.values()].flatMap(({ answers }) => answers))];
  const threat = threats.find((each) => answersOf(each).length >= 2)!;
  /** Two controls of agents that answer the threat, and are not what the rule asks for. */
  const [first, second] = answersOf(threat) as [string, string];
  const rule: Rule = { ...rules.find(({ id }) => id === 'kill-switch-missing')!, threats: [threat] };
  const with_ = (controls: string) =>
    risksOf(described(`agents: { a: { autonomy: bounded, controls: { ${controls} } } }`), rule.id, [rule])[
      'a'
    ]!;

  test('counts controls that answer the threat and are in force', () => {
    expect(with_('').exploitability).toBe(3);
    expect(with_(`${first}: planned`).exploitability).toBe(3);
    expect(with_(`${first}: true`)).toMatchObject({ exploitability: 2 });
    expect(with_(`${first}: true`).why[2]).toBe(
      `${first} is in force on a, and no other control that answers the threat`,
    );
    expect(with_(`${second}: true, ${first}: true`)).toMatchObject({ exploitability: 1 });
    expect(with_(`${second}: true, ${first}: true`)).toEqual(with_(`${first}: true, ${second}: true`));
  });

  test('a control that answers something else does not count, and a rule without a threat is in the middle', () => {
    const other = [...vocabulary.values()].find(
      ({ answers, for: kinds }) =>
        !answers.some((each) => rule.threats.includes(each)) && kinds.includes('agent'),
    )!;
    expect(with_(`${other.name}: true`).exploitability).toBe(3);
    const system = described('agents: { a: { autonomy: bounded } }');
    expect(risksOf(system, rule.id, [{ ...rule, threats: [] }])['a']!.exploitability).toBe(2);
  });

  test('what covers or hosts the subject counts for it', () => {
    const covered = described(`agents: { a: { autonomy: bounded } }
security: { s: { kind: gateway, covers: a, controls: { ${first}: true } } }
`);
    expect(risksOf(covered, rule.id, [rule])['a']!.exploitability).toBe(2);
  });
});

describe('all findings of all examples', () => {
  const names = ['a2a-analysis', 'a2a-documents', 'mcp-host', 'onchain-agents', 'support-rag'];

  test.each(names)('%s: three factors, multiplied, worst first', (name) => {
    const text = readFileSync(join(HOME, `examples/${name}/as-found.maestro.yaml`), 'utf8');
    const system = systemOf(readYaml(name, text).data as DataMap);
    const { findings } = place(system, evaluate(system, rules, vocabulary, contextOf([])));
    expect(findings.length).toBeGreaterThan(0);
    for (const { risk } of findings) {
      const { probability, impact, exploitability, score, why } = risk!;
      for (const grade of [probability, impact, exploitability]) expect([1, 2, 3]).toContain(grade);
      expect(score).toBe(probability * impact * exploitability);
      expect(why.every((each) => each !== '' && !/undefined|null|NaN/.test(each))).toBe(true);
    }
    expect(new Set(findings.map(({ risk }) => risk!.score)).size).toBeGreaterThan(1);
  });
});
