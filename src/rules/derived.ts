import { ACTION, PERMIT } from './fields/action.ts';
import { AGENT } from './fields/agent.ts';
import { CLAIM, EVIDENCE } from './fields/claim.ts';
import { ANY, BOUNDARY, COMPONENT, TOOL } from './fields/component.ts';
import { DELEGATION, EDGE, GRANT, given } from './fields/edge.ts';
import type { Fields } from './fields/field.ts';
import { NODE, PATH } from './fields/path.ts';
import { GROUP, SYSTEM, TEXT } from './fields/system.ts';
import { WAIVER } from './fields/waiver.ts';

/** Types and their computed fields, in the order `maestro rules --functions` lists them. */
export const DERIVED: Readonly<Record<string, Fields>> = {
  System: SYSTEM,
  Agent: AGENT,
  Model: ANY,
  Store: ANY,
  Tool: TOOL,
  Action: { ...ANY, ...ACTION },
  Host: ANY,
  Monitor: ANY,
  Service: ANY,
  Peer: ANY,
  Actor: ANY,
  Boundary: BOUNDARY,
  Component: COMPONENT,
  Grant: GRANT,
  GrantedAction: PERMIT,
  Delegation: DELEGATION,
  Flow: EDGE,
  Auth: {},
  Identity: {},
  Approval: { given },
  Limits: { given },
  Allow: { given },
  Card: {},
  Weights: {},
  Node: NODE,
  Path: PATH,
  Group: GROUP,
  Text: TEXT,
  Claim: CLAIM,
  Evidence: EVIDENCE,
  Waiver: WAIVER,
};
