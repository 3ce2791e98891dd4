import { type Component, type Edge, textOf } from '../model/system.ts';
import { boundaryOf } from '../model/zones.ts';
import { authOf } from './data-flows.ts';
import type { Step } from './graph.ts';
import { isPermit } from './subject.ts';

/** Why an attacker stands where a path begins. */
export function startText(component: Component): string {
  const { id, kind } = component;
  if (kind === 'tool') return `${id} is published by the community: its text may be an attacker\u2019s`;
  const zone = boundaryOf(component)?.id;
  const where = zone ? ` in ${zone}` : '';
  if (kind === 'peer') return `${id}${where} is run by others, and an attacker may be among them`;
  return textOf(component.raw, 'kind') === 'content'
    ? `an attacker writes ${id}${where}`
    : `${id}${where} may be an attacker`;
}

/** The same where nobody says that he does. */
export const supposedText = (id: string): string => `suppose that somebody bends ${id}`;

/** One step of an attack path in words: who bends whom, by what, and why nothing is in the way. */
export function stepText(step: Step): string {
  const from = step.from.id;
  const to = step.to.id;
  switch (step.kind) {
    case 'informs':
      return `${from} decides what ${to} does`;
    case 'read':
      return `${to} reads ${from}`;
    case 'writes':
      return `${from} writes to ${to}`;
    case 'asks':
      return `${from} gives tasks to ${to}${channel(step)}`;
    case 'answers':
      return `${from} answers ${to}`;
    case 'returns':
      return `what ${from} returns is read by ${to}`;
    case 'invokes':
      return `${from} may call ${to}${approval(step)}`;
    case 'delegates':
      return `${from} hands tasks to ${to}${channel(step)}`;
    case 'reports':
      return `${from} reports back to ${to}`;
    case 'changes':
      return `${from} changes ${to}`;
    case 'executes':
      return `${from} runs code on ${to}`;
    case 'ingests':
      return `${to} takes in ${from}`;
    case 'trains':
      return `${to} is trained on ${from}`;
    case 'observed':
      return `${to} takes in what ${from} does`;
    case 'hosts':
      return `${to} runs on ${from}`;
    case 'covers':
      return `${from} stands in front of ${to}`;
    case 'publishes':
      return `${from} publishes ${to}`;
    case 'flows':
      return `${from} sends to ${to}${channel(step)}`;
    case 'replies':
      return `${from} answers ${to}`;
    case 'identity':
      return step.to.component === null
        ? `${from} signs in as ${to.replace(/^identity /, '')}`
        : `${to} signs in as ${from.replace(/^identity /, '')} too`;
  }
}

function channel(step: Step): string {
  if (step.edge === null || isPermit(step.edge)) return '';
  const method = textOf(authOf(step.edge as Edge), 'method');
  if (method === '') return ', authentication not declared';
  return method === 'none' ? ', without authentication' : `, by ${method}`;
}

function approval(step: Step): string {
  if (step.edge === null || !isPermit(step.edge)) return '';
  const { raw, grant, action } = step.edge;
  const written = [raw, grant.raw, action.raw]
    .map((each) => each['approval'])
    .find((each) => each !== undefined);
  if (written === undefined) return ', no approval declared';
  const by =
    typeof written === 'string'
      ? written
      : typeof written === 'object' && written !== null
        ? String((written as { by?: unknown }).by ?? 'nobody')
        : '';
  return by === 'none' ? ', without approval' : `, approved by ${by}`;
}
