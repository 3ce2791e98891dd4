import { asId } from '../draft-text.ts';
import type { Difference } from './difference.ts';
import type { Pair } from './match.ts';
import { namesIn } from './parts.ts';

/** Tools that a server written in the repository offers and that the list in its description does not have. */
export function undeclaredActions({ declared, shown }: Pair): Difference[] {
  const { part, system } = declared;
  const written = part.raw['actions'];
  const listed = namesIn(written);
  if (part.kind !== 'tool' || listed === null) return [];
  return shown.offers.flatMap((offer): Difference[] => {
    const id = asId(offer.name);
    if (id === null || listed.includes(id) || listed.includes(offer.name)) return [];
    return [
      {
        rule: 'drift-undeclared-action',
        system,
        subject: [part.id],
        detail: `actions.${id}`,
        message: `${part.id} offers ${id} in the repository, and the description does not list it: no rule judges what it does`,
        place: offer,
        written: { origin: part.origin, path: [...part.path, 'actions'] },
        says: 'what the description lists',
        fix: {
          edit: { actions: Array.isArray(written) ? [...listed, id] : { [id]: {} } },
          at: { origin: part.origin, path: part.path },
        },
      },
    ];
  });
}
