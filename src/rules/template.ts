import { ExpressionError } from './expression-error.ts';
import type { TemplateOf } from './rule.ts';
import type { Expression } from './vocabulary.ts';

/** One `{expression}` of a template with where it begins in the template's text. */
export interface Slot {
  readonly text: string;
  readonly start: number;
}

/** Splits `a {b} c` into texts and slots; `{{` is a brace. Throws an ExpressionError for a brace without its partner. */
export function splitTemplate(template: string): TemplateOf<Slot> {
  const parts: (string | Slot)[] = [];
  let text = '';
  for (let i = 0; i < template.length; i++) {
    const pair = template.slice(i, i + 2);
    if (pair === '{{' || pair === '}}') {
      text += pair[0];
      i++;
    } else if (template[i] === '{') {
      const end = closing(template, i + 1);
      if (text !== '') parts.push(text);
      text = '';
      parts.push({ text: template.slice(i + 1, end), start: i + 1 });
      i = end;
    } else if (template[i] === '}') {
      throw new ExpressionError(
        'brace',
        'A closing brace without an opening one; write `}}` for a brace',
        i,
        i + 1,
      );
    } else {
      text += template[i];
    }
  }
  if (text !== '') parts.push(text);
  return parts;
}

function closing(template: string, start: number): number {
  let quote = '';
  for (let i = start; i < template.length; i++) {
    const letter = template[i]!;
    if (quote !== '') {
      if (letter === '\\') i++;
      else if (letter === quote) quote = '';
    } else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '}') return i;
  }
  throw new ExpressionError(
    'brace',
    'The brace that opens here is never closed: use `}`, or `{{` for a brace as text',
    start - 1,
    start,
  );
}

const LISTED = 5;

/** Fills in a template. An empty text prints *not declared*; lists stop at five. */
export function render(template: TemplateOf<Expression>, names: Readonly<Record<string, unknown>>): string {
  return template.map((part) => (typeof part === 'string' ? part : show(part(names)))).join('');
}

function show(value: unknown): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    const shown = value.slice(0, LISTED).map(show).join(', ');
    return value.length > LISTED ? `${shown} and ${value.length - LISTED} more` : shown;
  }
  return value === '' ? 'not declared' : String(value);
}
