import { similar } from '../finding/similar.ts';
import { language } from '../model/language.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Definition of the schema that a visit's subject follows; a system's keys are those at the top of the file. */
const DEFINITIONS: Readonly<Record<string, string | undefined>> = { component: undefined, system: undefined };

interface Wrong {
  readonly message: string;
  readonly suggestion?: string;
}

/** What is wrong with the key a rule points at, or null: `controls.kil_switch` is a place that never exists. */
export function keyProblem(visit: string, key: string, vocabulary: Vocabulary): Wrong | null {
  const definition = visit in DEFINITIONS ? DEFINITIONS[visit] : visit;
  const fields = definition ? language.definitions[definition]?.fields : undefined;
  const [first, second] = key.split('.');
  if (first === 'controls' && second !== undefined) return unknown(second, vocabulary.keys(), 'control');
  if (!fields) return null;
  return unknown(first!, Object.keys(fields), `key of a ${visit}`);
}

function unknown(word: string, known: Iterable<string>, what: string): Wrong | null {
  const words = [...known];
  if (words.includes(word)) return null;
  const near = similar(word, words);
  const message = `\`${word}\` is no ${what}`;
  return near ? { message, suggestion: `Did you mean \`${near}\`?` } : { message };
}
