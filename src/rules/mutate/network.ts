import { edgesOf, textOf as text } from '../../model/system.ts';
import { trustOf } from '../../model/zones.ts';
import { change, type DataEdit } from './mutant.ts';
import type { Ground, Operator } from './operator.ts';

/** A zone that no description has, for those in which nobody is untrusted. */
export const OUTSIDE = 'maestro_mutation_outside';

export const BOUNDARY_MOVED: Operator = {
  id: 'boundary-moved',
  does: 'moves a component into an untrusted zone',
  make: (ground) => {
    const { zone, made } = outside(ground);
    return ground.holders
      .filter(({ component }) => component !== null && edgesOf(component, 'boundary').length > 0)
      .filter(({ component }) => trustOf(component!) !== 'untrusted')
      .map((holder) => {
        const was = text(holder.raw, 'boundary');
        const moved = change(holder, ['boundary'], zone, `boundary: ${was} became untrusted (${zone})`);
        return { ...moved, edits: [...moved.edits, ...made] };
      });
  },
};

/** The first untrusted zone of the description, or one that is added to it. */
function outside({ system, holders }: Ground): { readonly zone: string; readonly made: readonly DataEdit[] } {
  const found = holders.find(
    ({ kind, component }) => kind === 'boundary' && trustOf(component!) === 'untrusted',
  );
  if (found !== undefined) return { zone: found.on[0]!, made: [] };
  const path = ['boundaries', OUTSIDE];
  return { zone: OUTSIDE, made: [{ origin: system.origin, path, value: { trust: 'untrusted' } }] };
}

export const ZONE_OPENED: Operator = {
  id: 'zone-opened',
  does: 'has a whole zone trusted as little as the internet (`trust: untrusted`)',
  make: ({ holders }) =>
    holders
      .filter(({ kind, raw }) => kind === 'boundary' && !['', 'untrusted'].includes(text(raw, 'trust')))
      .map((holder) =>
        change(holder, ['trust'], 'untrusted', `trust: ${text(holder.raw, 'trust')} became untrusted`),
      ),
};

export const EXPOSED: Operator = {
  id: 'exposed',
  does: 'makes reachable by anyone (`exposure: public`) what only a network or a machine of ours reached',
  make: ({ holders }) =>
    holders
      .filter(({ raw }) => ['private', 'loopback'].includes(text(raw, 'exposure')))
      .map((holder) =>
        change(holder, ['exposure'], 'public', `exposure: ${text(holder.raw, 'exposure')} became public`),
      ),
};

export const EGRESS_OPENED: Operator = {
  id: 'egress-opened',
  does: 'lets a host connect to any address',
  make: ({ holders }) =>
    holders
      .filter(({ raw }) => ['none', 'allow-list'].includes(text(raw, 'egress')))
      .map((holder) => change(holder, ['egress'], 'any', `egress: ${text(holder.raw, 'egress')} became any`)),
};

/** Encrypted ways to talk, and the same in the clear. */
const IN_CLEAR: Readonly<Record<string, string>> = { https: 'http', wss: 'ws', grpcs: 'grpc' };

export const TRAFFIC_CLEARED: Operator = {
  id: 'traffic-cleared',
  does: 'talks in the clear (http, ws, grpc) where the transport or protocol was encrypted',
  make: ({ holders }) =>
    holders.flatMap((holder) =>
      ['transport', 'protocol'].flatMap((key) => {
        const was = text(holder.raw, key);
        const clear = Object.hasOwn(IN_CLEAR, was) ? IN_CLEAR[was]! : null;
        return clear === null ? [] : [change(holder, [key], clear, `${key}: ${was} became ${clear}`)];
      }),
    ),
};

export const REGION_LEFT: Operator = {
  id: 'region-left',
  does: 'moves a component to a region that the system does not list',
  make: ({ holders, system }) =>
    !Array.isArray(system.raw['regions'])
      ? []
      : holders
          .filter(({ kind, raw }) => kind !== 'boundary' && kind !== 'system' && text(raw, 'region') !== '')
          .map((holder) =>
            change(holder, ['region'], 'elsewhere', `region: ${text(holder.raw, 'region')} became elsewhere`),
          ),
};
