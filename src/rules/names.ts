import type { Visit } from './rule.ts';
import { TYPE_OF_KIND } from './types.ts';

/** Names an expression may use, with their types. */
export type Names = Readonly<Record<string, string>>;

/** Each visit binds its subject under its own name; edges bind their owner too. */
export function namesOf(visit: Visit): Names {
  const system = { system: 'System' };
  switch (visit) {
    case 'system':
      return system;
    case 'grant':
      return { grant: 'Grant', agent: 'Agent', tool: 'Tool', ...system };
    case 'delegation':
      return { delegation: 'Delegation', agent: 'Agent', ...system };
    case 'flow':
      return { flow: 'Flow', ...system };
    case 'action':
      return { action: 'Action', tool: 'Tool', ...system };
    case 'component':
      return { component: 'Component', ...system };
    default:
      return { [visit]: TYPE_OF_KIND[visit]!, ...system };
  }
}

/** `Text` → `text`: how the members of a list are called in `each`. */
export const variableOf = (type: string): string => type.charAt(0).toLowerCase() + type.slice(1);
