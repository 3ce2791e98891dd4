import { type Edge, edgesOf, textOf } from '../model/system.ts';
import { boundaryOf } from '../model/zones.ts';
import { authOf, endsOf, protocolOf } from './data-flows.ts';

/**
 * Whether what passes between two ends leaves the program that both may be part of. Agents of one framework often are
 * one program: null with no protocol, authentication, zone or host that tells.
 */
export function crossesProcess(edge: Edge): boolean | null {
  const { from, to } = endsOf(edge);
  const protocol = protocolOf(edge);
  if (protocol !== '') return protocol !== 'in-process';
  if (from.kind !== 'agent' || to.kind !== 'agent') return true;
  if (textOf(to.raw, 'url') !== '' || Object.keys(authOf(edge)).length > 0) return true;
  const zones = [boundaryOf(from), boundaryOf(to)];
  if (!zones.includes(null) && zones[0] !== zones[1]) return true;
  const [ours, theirs] = [from, to].map((each) => edgesOf(each, 'runs_on').map((host) => host.to));
  if (ours!.length > 0 && theirs!.length > 0 && !ours!.some((host) => theirs!.includes(host))) return true;
  return null;
}
