import { measure } from '../../model/units.ts';
import type { Waiver } from '../../model/waivers.ts';
import type { Member } from '../member.ts';
import type { View } from '../view.ts';
import { type Fields, field, it } from './field.ts';

/** A finding that somebody accepts. */
export const WAIVER: Fields = {
  rule: field('string', 'id of the rule whose finding it accepts', (v) => waiver(v).rule),
  on: field('string', 'what it accepts it for', (v) => waiver(v).component.join(' → ')),
  owner: field('string', 'who accepts the risk', (v) => waiver(v).owner),
  reason: field('string', 'why', (v) => waiver(v).reason),
  expires: field('double', 'last day on which it counts, in seconds since 1970; 0 when it has no end', (v) =>
    measure('date', waiver(v).expires ?? ''),
  ),
};

const waiver = (v: View): Waiver => it<Waiver>(v);

/** A waiver as something that findings can point at: the day on which it ends, which is what has to change. */
export const waiverMember = (waiver: Waiver): Waiver & Member => ({
  ...waiver,
  ids: waiver.component,
  key: `waivers.${waiver.rule}`,
  path: [...waiver.path, ...(waiver.expires === null ? [] : ['expires'])],
  fixAt: waiver.path,
});
