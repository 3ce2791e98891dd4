import type { System } from '../model/system.ts';
import { evaluate } from './evaluate.ts';
import type { Anchor, Hit } from './hit.ts';
import { withEdit } from './trial.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Context } from './world.ts';

/** Each trial costs a run of the rule; nobody reads longer lists. */
const MAX_TRIALS = 60;

/** Whether declaring a control at one place closes a finding: found out by doing so in a copy of the system. */
export type Closes = (at: Anchor, control: string) => boolean;

/** The question for one finding. Answers are kept: several searches come to the same place. */
export function closesFinding(system: System, hit: Hit, vocabulary: Vocabulary, context: Context): Closes {
  const count = (one: System): number =>
    evaluate(one, [hit.rule], vocabulary, context).hits.filter((other) => isSame(other, hit)).length;
  const before = count(system);
  const known = new Map<string, boolean>();
  return (at, control) => {
    const name = JSON.stringify([at.origin.source.file, at.path, control]);
    const earlier = known.get(name);
    if (earlier !== undefined || known.size >= MAX_TRIALS) return earlier ?? false;
    const edited = withEdit(system, at, { controls: { [control]: true } });
    const closes = edited !== null && count(edited) < before;
    known.set(name, closes);
    return closes;
  };
}

const isSame = (a: Hit, b: Hit): boolean =>
  a.detail === b.detail && a.subject.join('\n') === b.subject.join('\n');
