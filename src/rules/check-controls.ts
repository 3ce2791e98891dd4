import type { Problem } from '../finding/finding.ts';
import { MAX_PROBLEMS } from '../finding/problems.ts';
import { similar } from '../finding/similar.ts';
import type { System } from '../model/system.ts';
import { claimsOf } from './claims.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Controls that no loaded vocabulary knows, and controls on a kind of component where nobody would ever look for
 * them: both would give a false sense of protection.
 */
export function checkControls(system: System, vocabulary: Vocabulary): Problem[] {
  const problems: Problem[] = [];
  for (const { control, kinds, origin, path } of claimsOf(system)) {
    // Looking for what was meant is worth its time only for mistakes that are shown.
    const wrong = wrongName(control, kinds, vocabulary, problems.length < MAX_PROBLEMS);
    if (!wrong) continue;
    const { start, end } = origin.find(path);
    problems.push({ ...wrong, file: origin.source.file, ...origin.source.place(start, end) });
  }
  return problems;
}

type Wrong = Pick<Problem, 'code' | 'message' | 'suggestion'>;

function wrongName(
  name: string,
  kinds: readonly string[],
  vocabulary: Vocabulary,
  isShown: boolean,
): Wrong | null {
  const control = vocabulary.get(name);
  if (control) {
    if (kinds.some((kind) => control.for.includes(kind))) return null;
    const places = control.for.map((kind) => PLACES[kind] ?? kind).join(', ');
    return {
      code: 'misplaced-control',
      message: `\`${name}\` says nothing ${PLACES[kinds[0]!] ?? 'here'}: no rule looks for it there`,
      suggestion: `It may stand ${places}`,
    };
  }
  const near = isShown ? similar(name, vocabulary.keys()) : undefined;
  return {
    code: 'unknown-control',
    message: `No vocabulary knows the control \`${name}\``,
    suggestion: near ? `Did you mean \`${near}\`?` : 'Notes of your own begin with `x-`',
  };
}

const PLACES: Readonly<Record<string, string>> = {
  agent: 'on an agent',
  model: 'on a model',
  store: 'on an entry of `data`',
  tool: 'on a tool',
  host: 'on an entry of `infrastructure`',
  monitor: 'on an entry of `observability`',
  service: 'on an entry of `security`',
  peer: 'on an entry of `ecosystem`',
  actor: 'on an actor',
  boundary: 'on a boundary',
  edge: 'on a reference, grant or flow',
  system: 'at the top of the file',
};
