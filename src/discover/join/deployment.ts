import { addTo } from '../../finding/grouped.ts';
import { hostsIn } from '../compose/edges.ts';
import type { Fact, FactValue } from '../fact.ts';
import { isBelow } from '../paths.ts';
import type { Draft, DraftLink, JoinedValue, OpenLink } from './component.ts';
import { joined } from './merge.ts';

/** Readers of code: what they find runs where the folder of its file is built into. */
const CODE = ['python', 'typescript'];

/** Agents on the containers that are built from their folder. Of several containers of one folder none is certain. */
export function placeOnHosts(drafts: readonly Draft[]): void {
  const builds = drafts.flatMap((host) => {
    const context = host.kind === 'host' ? host.attributes['build'] : undefined;
    return typeof context?.value === 'string' ? [{ host, folder: context.value, context }] : [];
  });
  for (const agent of drafts) {
    const code =
      agent.facts.find(({ reader }) => CODE.includes(reader)) ??
      agent.facts.find(({ attributes }) => attributes['code']);
    if (agent.kind !== 'agent' || agent.plane !== 'runtime' || !code) continue;
    if (agent.links.some(({ as }) => as === 'runs_on')) continue;
    const file = code.attributes['code']?.value ?? code.source.file;
    const around = builds.filter(({ folder }) => isBelow(String(file), folder));
    const deepest = Math.max(-1, ...around.map(({ folder }) => folder.length));
    const found = around.filter(({ folder }) => folder.length === deepest);
    const [only] = found;
    if (!only) continue;
    const place = { file: only.context.file, line: only.context.line, column: only.context.column };
    if (found.length === 1) agent.links.push({ as: 'runs_on', to: only.host, ...place, attributes: {} });
    else {
      const names = found
        .map(({ host }) => host.name)
        .sort()
        .join(', ');
      const open: OpenLink = {
        as: 'runs_on',
        to: only.folder || '.',
        toKind: 'host',
        ...place,
        why: `several services are built from this folder: ${names}`,
      };
      agent.open = [...agent.open, open];
    }
  }
}

/** The hosts that something runs on. */
export const hostsOf = (draft: Draft): Draft[] =>
  draft.links.filter(({ as }) => as === 'runs_on').map(({ to }) => to);

/** What the deployment of a thing sets a variable to; null when nothing does, or hosts differ. */
export function setting(
  draft: Draft,
  name: string,
  hosts: readonly Draft[] = hostsOf(draft),
): JoinedValue | null {
  const found = [draft, ...hosts].flatMap(({ facts }) =>
    facts.flatMap((fact: Fact): JoinedValue[] => {
      const value: FactValue | undefined = fact.environment?.[name];
      return value && value.value !== null ? [joined(value, fact)] : [];
    }),
  );
  return found.length > 0 && found.every(({ value }) => value === found[0]!.value) ? found[0]! : null;
}

/** Values that code takes from variables, as the deployment sets them. */
export function fillFromDeployment(drafts: readonly Draft[]): void {
  const users = new Map<Draft, Draft[]>();
  for (const draft of drafts)
    for (const { to, as } of draft.links) if (as !== 'runs_on') addTo(users, to, draft);
  for (const draft of drafts) {
    for (const [key, value] of Object.entries(draft.attributes)) {
      if (value.env === undefined) continue;
      // A tool or a model runs in the process of the agents that use it.
      const hosts =
        draft.kind === 'agent' ? hostsOf(draft) : [draft, ...(users.get(draft) ?? [])].flatMap(hostsOf);
      const set = setting(draft, value.env, hosts);
      if (set) draft.attributes[key] = { ...set, env: value.env };
    }
  }
}

/** Things of code whose address is that of a service: the tool that code connects to is the one that compose starts. */
export function servicesBehind(drafts: readonly Draft[]): Map<Draft, Draft> {
  const behind = new Map<Draft, Draft>();
  for (const draft of drafts) {
    const url = draft.attributes['url'];
    if (typeof url?.value !== 'string' || !draft.facts.every(({ reader }) => CODE.includes(reader))) continue;
    const names = hostsIn('URL', url.value).map(({ host }) => host);
    const found = drafts.filter(
      (other) =>
        other !== draft &&
        other.kind === draft.kind &&
        other.facts.some(({ reader, name }) => reader === 'compose' && names.includes(name)),
    );
    if (found.length === 1) behind.set(draft, found[0]!);
  }
  return behind;
}

/** Traffic of a container is that of the one agent in it; of several nobody can tell which. */
export function liftFlows(drafts: readonly Draft[]): void {
  for (const host of drafts) {
    if (host.kind !== 'host') continue;
    const agents = drafts.filter((draft) => draft.kind === 'agent' && hostsOf(draft).includes(host));
    const [agent] = agents;
    if (!agent || agents.length > 1) continue;
    const lifted = host.links.filter(({ as }) => as === 'flows');
    host.links = host.links.filter(({ as }) => as !== 'flows');
    for (const link of lifted) addOnce(agent, { ...link, as: KEYS[link.to.kind] ?? 'flows' });
    const models = agent.links.filter(({ as }) => as === 'models');
    // The one model that the container is given is the one that the code reads from a variable.
    if (models.length === 1) agent.open = agent.open.filter(({ as }) => as !== 'models');
  }
}

const KEYS: Readonly<Record<string, string>> = { tool: 'tools', model: 'models' };

export function addOnce(draft: Draft, link: DraftLink): void {
  if (link.to === draft) return;
  const known = draft.links.some(({ as, to }) => to === link.to && (as === link.as || link.as === 'flows'));
  if (!known) draft.links.push(link);
}
