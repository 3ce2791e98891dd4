import { expect, test } from 'vitest';
import { evaluate } from '../../src/rules/evaluate.ts';
import { loadRule } from '../../src/rules/load.ts';
import { mapExpressions } from '../../src/rules/rule.ts';
import { contextOf } from '../../src/rules/rule-tests.ts';
import { systemOf, threats, vocabulary } from '../support/pack.ts';

/** What closes it goes on the last reference of the way. */
const OVER_ACCOUNTS = `rule: 1
id: over-accounts
title: One agent reaches the other
layer: cross-layer
severity: low
confidence: low
since: 0.1.0
threats: []
path: { from: 'node.type == "identity" || node.id == "a"', to: 'node.type == "identity" || node.id == "b"', stopped_by: [] }
message: "{path.from.id} to {path.to.id}"
why: It does.
fix: { say: Stop it, on: edge, edit: { controls: { sandbox: true } } }
tests: [{ name: none, model: "agents: {}", finds: [] }]
`;

/** Two agents that nothing joins but an account: the way from one to the other leads over something nobody wrote. */
test('the account that agents share is neither the start nor the end of an attack', () => {
  const { loaded, problems } = loadRule('cross-layer/over-accounts.yaml', OVER_ACCOUNTS, {
    vocabulary,
    threats,
  });
  expect(problems).toEqual([]);
  const rule = mapExpressions(loaded!.rule, (checked) => checked.run);
  const shared = { identity: { principal: 'ops' } };
  const system = systemOf({ maestro: '1', system: { name: 'shop' }, agents: { a: shared, b: shared } });
  const { hits } = evaluate(system, [rule], vocabulary, contextOf([]));
  expect(hits.map(({ subject, sources, steps }) => [subject, sources, steps?.length])).toEqual([
    [['b'], ['a'], 3],
  ]);
  expect(hits[0]?.fixAt.path).toEqual(['agents', 'b']);
});
