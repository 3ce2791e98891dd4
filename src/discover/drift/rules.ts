import type { Confidence, Layer, Profile, Severity } from '../../finding/severity.ts';

/** One kind of difference between a description and its repository: what reports say about it. */
export interface DriftRule {
  readonly id: string;
  readonly title: string;
  readonly layer: Layer;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly profile: Profile;
  readonly threats: readonly string[];
  readonly why: string;
  readonly remedy: string;
}

const rule = (
  id: string,
  title: string,
  severity: Severity,
  threats: readonly string[],
  why: string,
  remedy: string,
  more: Partial<DriftRule> = {},
): DriftRule => ({
  id,
  title,
  layer: 'security-compliance',
  severity,
  confidence: 'high',
  profile: 'essential',
  threats,
  why,
  remedy,
  ...more,
});

/** Every kind of difference, in id order. docs/drift.md has a section for each. */
export const DRIFT_RULES: readonly DriftRule[] = [
  rule(
    'drift-approval-unseen',
    'Approval that the code no longer asks for',
    'high',
    ['l7-tool-misuse', 'l7-repudiation'],
    'The description says that somebody agrees before the tool acts. The code that defines it has a place to ask for that, and asks nobody; nothing else is named that would ask.',
    'Ask for the approval again, or name what asks as evidence, or take the approval out of the description',
    { confidence: 'medium' },
  ),
  rule(
    'drift-auto-approve',
    'Call that runs without a question, and the description does not say so',
    'high',
    ['l7-tool-misuse'],
    'A client that approves a call by itself shows it to nobody. Whoever steers the model, a web page or an issue is enough, then has that call too.',
    'Take the entry out, or write `approval: none` for the action, so that the rules judge it',
    { layer: 'agent-frameworks' },
  ),
  rule(
    'drift-contradiction',
    'Description and repository say opposite things',
    'high',
    ['l7-repudiation'],
    'Every judgement about the system rests on what the description says. Here a file of the repository says the opposite, and the system does what that file says.',
    'Change the file, or write down what it says',
  ),
  rule(
    'drift-secret',
    'Credential in a file of the repository',
    'critical',
    ['mas-t22', 'l7-identity-attack'],
    'Whoever can read the repository, its history or a copy of it has the credential, and so has every agent that reads the file. Taking the line out does not take it back.',
    'Revoke it, and read the new one from the environment or a vault',
    { layer: 'deployment-infrastructure', confidence: 'medium' },
  ),
  rule(
    'drift-source-gone',
    'Source that is not there any more',
    'medium',
    ['l7-repudiation'],
    'The description names the place in the repository that shows this component. That place is gone: the component may be gone too, or it goes on under another name that nobody has described.',
    'Name the place where it is now, or take the component out',
  ),
  rule(
    'drift-source-moved',
    'Source that is somewhere else now',
    'low',
    ['l7-repudiation'],
    'The place that the description names is gone, and something of the same name is elsewhere. Until the description follows, nobody looks at the file that counts.',
    'Write the new place',
    { confidence: 'medium' },
  ),
  rule(
    'drift-undeclared-action',
    'Tool of an MCP server that is not described',
    'medium',
    ['l7-tool-misuse'],
    'Whoever may use the server may call this too. What nobody described was never judged: whether it only reads, who has to agree, where it sends to.',
    'List it with what it does, or take it out of the server',
    { layer: 'agent-frameworks' },
  ),
  rule(
    'drift-undeclared-component',
    'Part of the system that is not described',
    'medium',
    ['l7-repudiation'],
    'What is not described is judged by no rule: it has no boundary, no owner and no controls, and an attack path through it is not found.',
    'Describe it, or take it out of the repository',
  ),
  rule(
    'drift-undeclared-link',
    'Use of a component that is not described',
    'medium',
    ['l7-tool-misuse'],
    'Both ends are described, what leads from one to the other is not: attack paths over it are not found, and an agent can do more than anybody agreed to.',
    'Add it to the description, or take it out of the repository',
    { layer: 'agent-frameworks' },
  ),
  rule(
    'drift-undeclared-tooling',
    'Tool of the developers that is not described',
    'low',
    ['l7-repudiation'],
    'Agents that people build with read the repository and run on the machines of its developers. What they use comes into the product by the changes they write.',
    'Describe it with `plane: development`, or take it out of the repository',
    { profile: 'recommended' },
  ),
  rule(
    'drift-value',
    'Other value than the repository says',
    'medium',
    ['l7-repudiation'],
    'A version, an image or an address in the description is another one than in the file that decides: what was reviewed is not what runs.',
    'Write what the file says, or change the file',
  ),
];

export const driftRule = (id: string): DriftRule => {
  const found = DRIFT_RULES.find((each) => each.id === id);
  if (!found) throw new Error(`no difference is called ${id}`);
  return found;
};
