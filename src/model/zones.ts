import { type Component, edgesOf, textOf } from './system.ts';

/** Trust of a zone, from least to most. */
export const TRUST = ['untrusted', 'partner', 'internal', 'restricted'] as const;

/** The trust zone a component is in: its own, else that of what it runs on (the least trusted of several). */
export function boundaryOf(component: Component, seen: Set<Component> = new Set()): Component | null {
  const start = component.tool ?? component;
  if (seen.has(start)) return null;
  seen.add(start);
  const own = edgesOf(start, 'boundary')[0];
  if (own) return own.to;
  const hosts = [...edgesOf(start, 'runs_on'), ...(start.kind === 'host' ? edgesOf(start, 'within') : [])];
  const zones = hosts.map((edge) => boundaryOf(edge.to, seen)).filter((zone) => zone !== null);
  return zones.sort((a, b) => level(a) - level(b))[0] ?? null;
}

/** Trust of a component's zone, `""` when nobody declared it. A zone without its own has that of the zone around it. */
export function trustOf(component: Component): string {
  const zone = component.kind === 'boundary' ? component : boundaryOf(component);
  return zone ? zoneTrust(zone, new Set()) : '';
}

function zoneTrust(zone: Component, seen: Set<Component>): string {
  const own = textOf(zone.raw, 'trust');
  if (own !== '' || seen.has(zone)) return own;
  seen.add(zone);
  const outer = edgesOf(zone, 'within')[0];
  return outer ? zoneTrust(outer.to, seen) : '';
}

const level = (zone: Component): number => {
  const at = TRUST.indexOf(zoneTrust(zone, new Set()) as (typeof TRUST)[number]);
  return at < 0 ? TRUST.length : at;
};
