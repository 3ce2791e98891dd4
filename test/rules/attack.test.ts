import { expect, test } from 'vitest';
import type { DataMap } from '../../src/model/yaml.ts';
import { worldOf } from '../../src/rules/evaluate.ts';
import type { Node, Step } from '../../src/rules/graph.ts';
import type { Hit, Rule } from '../../src/rules/hit.ts';
import { loadRule } from '../../src/rules/load.ts';
import { namesOf } from '../../src/rules/node-names.ts';
import { type AttackOf, mapExpressions } from '../../src/rules/rule.ts';
import { contextOf, runRuleTests } from '../../src/rules/rule-tests.ts';
import { judge } from '../../src/rules/undeclared.ts';
import type { Expression } from '../../src/rules/vocabulary.ts';
import type { World } from '../../src/rules/world.ts';
import { rules, someSystems } from '../support/lint-data.ts';
import { hitsOf, systemOf, threats, vocabulary } from '../support/pack.ts';
import { runs } from '../support/runs.ts';

const MANY = runs(400);

type Attacking = { readonly rule: Rule; readonly attack: AttackOf<Expression> };

const attacking: readonly Attacking[] = rules.flatMap((rule) =>
  rule.form.is === 'visit' && rule.form.attack ? [{ rule, attack: rule.form.attack }] : [],
);

/** No attack leads over what people build with, so here everything runs. */
function running(data: DataMap): DataMap {
  const copy = structuredClone(data);
  for (const section of Object.values(copy))
    for (const each of Object.values((section ?? {}) as DataMap)) delete (each as DataMap | null)?.['plane'];
  return copy;
}

/**
 * By the words of docs/attack-paths.md, one source at a time: how many steps it takes from there to get what the rule
 * found, null where it cannot be got from there.
 */
function distance(world: World, { attack }: Attacking, subject: Node, source: Node): number | null {
  const names = namesOf(world);
  const holds = (expression: Expression, node: Node) =>
    judge(() => expression(names(node)) === true).is === 'true';
  const isStopped = ({ kind, edge, to }: Step) =>
    attack.stops.some((stop) => {
      const onNode = stop.node !== null && to.component !== null && holds(stop.node, to);
      const onStep = stop.step?.includes(kind) && edge !== null && (!stop.to || holds(stop.to, to));
      return (
        (onNode && world.enforcement.ask(to.component!, stop.control).holds) ||
        (onStep && world.enforcement.ask(edge!, stop.control).holds)
      );
    });
  const isAgent = ({ component }: Node) => component?.kind === 'agent';
  let front = new Map([[`${source.id} text`, { node: source, bent: false }]]);
  const seen = new Set(front.keys());
  for (let steps = 1; front.size > 0; steps++) {
    const next = new Map<string, { node: Node; bent: boolean }>();
    for (const { node, bent } of front.values()) {
      for (const step of node.out) {
        const { to } = step;
        if (to.component === null) continue;
        if (attack.to !== null) {
          if (node === subject && bent) {
            if (holds(attack.to, to) && !isStopped(step)) return steps;
            continue;
          }
        } else if (to === subject && attack.over.includes(step.kind)) {
          if ((attack.by === null || holds(attack.by, node)) && !isStopped(step)) return steps;
        }
        const bends = isAgent(to);
        if (bends && (bent || isStopped(step) || (attack.to !== null && to !== subject))) continue;
        if (bent && isStopped(step)) continue;
        const key = `${to.id} ${bent || bends ? 'bent' : 'text'}`;
        if (seen.has(key)) continue;
        seen.add(key);
        next.set(key, { node: to, bent: bent || bends });
      }
    }
    front = next;
  }
  return null;
}

test('every finding has the shortest way there is, and every place it can start from', () => {
  const count = { hits: 0, several: 0, long: 0 };
  for (const { name, data } of someSystems(60, MANY)) {
    const system = systemOf(running(data));
    const world = worldOf(system, vocabulary, contextOf([]));
    const sources = world.graph.nodes.filter(
      ({ component }) => component && judge(() => world.isAttackerControlled(component)).is === 'true',
    );
    for (const each of attacking) {
      for (const hit of hitsOf(running(data), [each.rule])) {
        const about = `${name}: ${each.rule.id} of ${hit.subject}`;
        const subject = world.graph.of.get(hit.subject[0]!)!;
        const far = sources.map((source) => [source.id, distance(world, each, subject, source)] as const);
        const reaching = far.filter(([, steps]) => steps !== null);
        expect(hit.sources, about).toEqual(reaching.map(([id]) => id));
        expect(hit.walk!.length, about).toBe(Math.min(...reaching.map(([, steps]) => steps!)));
        expect(linked(hit), about).toBe(true);
        count.hits++;
        if (reaching.length > 1) count.several++;
        if (hit.walk!.length > 2) count.long++;
      }
    }
  }
  expect(count.hits).toBeGreaterThan(MANY / 4);
  expect(count.several).toBeGreaterThan(MANY / 20);
  expect(count.long).toBeGreaterThan(MANY / 20);
});

/** Whether each step begins where the one before it ended, one agent at most is on the way, and the words fit. */
function linked({ walk = [], steps = [], sources = [] }: Hit): boolean {
  const agents = walk.filter(({ to }) => to.component?.kind === 'agent');
  return (
    walk.every((step, i) => i === 0 || walk[i - 1]!.to.id === step.from.id) &&
    agents.length <= 1 &&
    sources.includes(walk[0]!.from.id) &&
    steps.map(({ node }) => node).join() === [walk[0]!.from.id, ...walk.map(({ to }) => to.id)].join()
  );
}

const RULE = `rule: 1
id: mail-writes
title: Mail writes
layer: cross-layer
severity: high
confidence: low
since: 0.1.0
threats: []
for: agent
when: agent.sees_untrusted
attack:
  to: node.type == "action" && node.effect == "pay"
  stopped_by: [{ step: [invokes], to: node.effect == "pay", control: human_approval }]
message: "{agent.id} acts"
why: It does.
fix: { say: Stop it, edit: { x-note: it } }
tests:
  - name: pays
    model: |
      boundaries: { internet: { trust: untrusted } }
      actors: { inbox: { kind: content, boundary: internet } }
      agents: { clerk: { reads: inbox, tools: bank } }
      tools: { bank: { kind: payment } }
    finds: [{ subject: clerk }]
  - name: writes
    model: |
      boundaries: { internet: { trust: untrusted } }
      actors: { inbox: { kind: content, boundary: internet } }
      agents: { clerk: { reads: inbox, tools: wiki } }
      tools: { wiki: { actions: { edit: { effect: write } } } }
    finds: [{ subject: clerk }]
`;

test('a rule whose attack does not fit what it finds fails its test', () => {
  const { loaded, problems } = loadRule('cross-layer/mail-writes.yaml', RULE, { vocabulary, threats });
  expect(problems).toEqual([]);
  const rule = mapExpressions(loaded!.rule, (checked) => checked.run);
  const [pays, writes] = runRuleTests(rule, loaded!.tests, vocabulary);
  expect(pays!.passed).toBe(true);
  expect(writes).toMatchObject({
    passed: false,
    expected: ['clerk'],
    actual: ['clerk, and no way of its attack leads there'],
  });
});
