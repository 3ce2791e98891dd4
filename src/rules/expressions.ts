import type { Problem } from '../finding/finding.ts';
import { similar } from '../finding/similar.ts';
import type { Path, YamlFile } from '../model/yaml.ts';
import { type Checked, check, fieldsOf, parseOnly } from './cel.ts';
import { refuseCostly } from './cost.ts';
import { emit } from './emit.ts';
import { ExpressionError } from './expression-error.ts';
import type { Names } from './names.ts';
import { refuseForm, refuseMeaning, type Scope } from './refuse.ts';
import type { TemplateOf } from './rule.ts';
import { type Slot, splitTemplate } from './template.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Compiles the expressions of one file and collects what is wrong with them, at their places. */
export class Expressions {
  readonly problems: Problem[] = [];
  private readonly file: YamlFile;
  private readonly vocabulary: Vocabulary;

  constructor(file: YamlFile, vocabulary: Vocabulary) {
    this.file = file;
    this.vocabulary = vocabulary;
  }

  /** A checked expression that gives one of `types` (any, when empty), or null with a problem noted. */
  compile(
    text: string,
    path: Path,
    names: Names,
    types: readonly string[],
    scope: Scope = 'one',
    from = 0,
  ): Checked | null {
    try {
      const parsed = parseOnly(text);
      refuseForm(parsed, scope);
      refuseCostly(parsed);
      const checked = check(text, names);
      refuseMeaning(checked.ast, this.vocabulary);
      // Nothing but what can be compiled: the engine has more functions, and some of them throw on what they are given.
      emit(checked.ast);
      if (types.length > 0 && !types.includes(checked.type)) {
        const hint = types.includes('bool')
          ? ': use a comparison such as `==` or `in`, or `declared("key")`'
          : '';
        const message = `This gives ${checked.type}, and ${types.join(' or ')} is wanted here${hint}`;
        throw new ExpressionError('wrong-type', message, 0, text.length);
      }
      return checked;
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.note(error, path, names, from);
      return null;
    }
  }

  /** A message with its expressions compiled. */
  template(text: string, path: Path, names: Names): TemplateOf<Checked> {
    let parts: TemplateOf<Slot>;
    try {
      parts = splitTemplate(text);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.note(error, path, names, 0);
      return [];
    }
    const compiled = parts.map((part) =>
      typeof part === 'string' ? part : this.compile(part.text, path, names, PRINTABLE, 'one', part.start),
    );
    return compiled.filter((part) => part !== null);
  }

  private note(error: ExpressionError, path: Path, names: Names, from: number): void {
    const { message, suggestion } = reword(error, names);
    this.problems.push({
      code: `expression-${error.code.replaceAll('_', '-')}`,
      message,
      file: this.file.source.file,
      ...this.place(path, from + error.start, from + error.end),
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  }

  /** Offsets inside a scalar fit the source only where it is written as it reads. */
  private place(path: Path, start: number, end: number) {
    const found = this.file.find(path, 'value');
    const verbatim = found.scalar?.verbatim === true;
    const base = found.scalar?.textStart ?? found.start;
    return verbatim
      ? this.file.source.place(base + start, base + end)
      : this.file.source.place(found.start, Math.max(found.start + 1, found.end));
  }
}

const PRINTABLE = ['string', 'int', 'double', 'bool', 'list<string>', 'list<int>', 'list<double>'];

/** The engine's words for the most common mistakes, in ours, with what was probably meant. */
function reword(error: ExpressionError, names: Names): { message: string; suggestion?: string } {
  const field = /^No such key: (.+)$/.exec(error.message)?.[1];
  if (field !== undefined) return unknownField(field, error);
  const name = /^Unknown variable: (.+)$/.exec(error.message)?.[1];
  if (name !== undefined) {
    const near = similar(name, Object.keys(names));
    const message = `Nothing is called \`${name}\` here; this may use ${Object.keys(names).join(', ')}`;
    return near ? { message, suggestion: `Did you mean \`${near}\`?` } : { message };
  }
  const hint = /^([\s\S]+?): (use|did you mean) ([\s\S]+)$/.exec(error.message);
  if (hint) {
    const [, message, verb, rest] = hint;
    return { message: message!, suggestion: `${verb === 'use' ? 'Use' : 'Did you mean'} ${rest}` };
  }
  return { message: error.message.charAt(0).toUpperCase() + error.message.slice(1) };
}

function unknownField(field: string, { receiver }: ExpressionError) {
  const fields = receiver === null ? undefined : fieldsOf(receiver);
  if (fields === undefined) return { message: `There is no field \`${field}\`` };
  const near = similar(field, Object.keys(fields));
  return {
    message: `\`${receiver}\` has no field \`${field}\``,
    suggestion: near
      ? `Did you mean \`${near}\`?`
      : `\`maestro rules --functions\` lists the fields of \`${receiver}\``,
  };
}
