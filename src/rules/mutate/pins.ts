import { textOf as text } from '../../model/system.ts';
import { type Holder, map } from './holders.ts';
import { change } from './mutant.ts';
import type { Operator } from './operator.ts';

/** Versions that say of themselves that they move. */
const FLOATING: ReadonlySet<string> = new Set(['', 'latest', 'main', 'stable', '*']);

export const VERSION_FLOATING: Operator = {
  id: 'version-floating',
  does: 'has a model or a tool follow `latest` where a version was fixed',
  make: ({ holders }) =>
    holders
      .filter(({ kind, raw }) => PINNED.has(kind) && !FLOATING.has(text(raw, 'version')))
      .map((holder) =>
        change(holder, ['version'], 'latest', `version: ${text(holder.raw, 'version')} became latest`),
      ),
};

const PINNED: ReadonlySet<Holder['kind']> = new Set(['model', 'tool']);

export const DIGEST_REMOVED: Operator = {
  id: 'digest-removed',
  does: 'takes away the digest of model weights, or of the image of a host',
  make: ({ holders }) => [
    ...holders
      .filter(({ raw }) => text(map(raw['weights']), 'digest') !== '')
      .map((holder) => change(holder, ['weights', 'digest'], undefined, 'weights.digest removed')),
    ...holders
      .filter(({ raw }) => text(raw, 'image').includes('@sha256:'))
      .map((holder) => {
        const [name] = text(holder.raw, 'image').split('@');
        return change(holder, ['image'], `${name}:latest`, 'image: its digest became the tag latest');
      }),
  ],
};

export const CARD_UNSIGNED: Operator = {
  id: 'card-unsigned',
  does: 'takes the signature from the card of an agent or a peer',
  make: ({ holders }) =>
    holders
      .filter(({ raw }) => map(raw['card'])['signed'] === true)
      .map((holder) => change(holder, ['card', 'signed'], false, 'card.signed: true became false')),
};
