import type { Rule } from '../../src/rules/hit.ts';
import { loadRule } from '../../src/rules/load.ts';
import { mapExpressions } from '../../src/rules/rule.ts';
import { threats, vocabulary } from './pack.ts';

/** A path rule in few words: where it starts, what it must pass, what it reaches, what stops it. */
export interface PathPlan {
  readonly id: string;
  readonly severity?: string;
  readonly to: string;
  readonly via?: string;
  readonly when?: string;
  readonly stops: readonly string[];
}

export const pathRule = ({ id, severity = 'high', to, via, when, stops }: PathPlan): Rule => {
  const text = `rule: 1
id: ${id}
title: ${id}
layer: cross-layer
severity: ${severity}
confidence: low
since: 0.1.0
threats: []
path:
  from: node.attacker_controlled
${via === undefined ? '' : `  via: '${via}'\n`}  to: '${to}'
  stopped_by:
${stops.map((stop) => `    - ${stop}\n`).join('')}${when === undefined ? '' : `when: '${when}'\n`}message: "{path.from.id} to {path.to.id}"
why: It does.
fix: { say: Stop it, edit: { x-note: it } }
tests: [{ name: none, model: "agents: {}", finds: [] }]
`;
  const { loaded, problems } = loadRule(`cross-layer/${id}.yaml`, text, { vocabulary, threats });
  if (!loaded) throw new Error(problems.map(({ message }) => message).join('\n'));
  return mapExpressions(loaded.rule, (checked) => checked.run);
};

const ON_CALLS = ['human_approval', 'allow_list', 'sandbox', 'dlp'].map(
  (control) => `{ step: [invokes], control: ${control} }`,
);

/** Rules that find many paths in random systems: one of each kind, and their stops overlap. */
export const PATH_RULES: readonly Rule[] = [
  { id: 'strangers-act', severity: 'critical', to: 'node.type == "action"', stops: ON_CALLS.slice(0, 2) },
  {
    id: 'strangers-act-in-boxes',
    to: 'node.type == "action"',
    stops: ['{ node: node.type == "agent", control: context_separation }', ...ON_CALLS.slice(1)],
  },
  {
    id: 'strangers-write',
    to: 'node.type == "store"',
    stops: [
      '{ step: [writes, changes, ingests], control: sanitization }',
      '{ node: node.type == "agent", control: input_guardrail }',
    ],
  },
  {
    id: 'strangers-learn',
    severity: 'medium',
    via: 'node.type == "agent" && node.reads_private',
    to: 'node.type == "action"',
    stops: [ON_CALLS[3]!, '{ node: node.type == "agent", control: context_separation }'],
  },
  {
    id: 'strangers-relay',
    severity: 'low',
    to: 'node.type == "action"',
    when: 'path.agents.size() > 1',
    stops: ['{ step: [delegates, reports, invokes], control: human_approval }'],
  },
  { id: 'strangers-get-in', to: 'node.type == "host"', stops: ['{ step: [executes], control: sandbox }'] },
].map(pathRule);
