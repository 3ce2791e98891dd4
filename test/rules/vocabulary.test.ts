import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { language } from '../../src/model/language.ts';
import type { Checked } from '../../src/rules/cel.ts';
import { loadRule } from '../../src/rules/load.ts';
import { mapExpressions } from '../../src/rules/rule.ts';
import { walk } from '../../src/rules/walk.ts';
import { threats, vocabulary } from '../support/pack.ts';

const RULES = new URL('../../rules/', import.meta.url);
const read = (url: URL): string => readFileSync(url, 'utf8');

/** Controls that the expressions and stops of the built-in rules name. */
function askedFor(): Set<string> {
  const asked = new Set<string>();
  const paths = readdirSync(RULES, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /[\\/].*\.yaml$/.test(path),
  );
  for (const path of paths) {
    const name = `rules/${path.replaceAll('\\', '/')}`;
    const { loaded } = loadRule(name, read(new URL(path, RULES)), { vocabulary, threats });
    if (!loaded) throw new Error(`${name} does not load`);
    mapExpressions(loaded.rule, ({ ast }: Checked) => {
      walk(ast, (node) => {
        if (node.op !== 'rcall' || node.args[0] !== 'enforces') return;
        const [control] = node.args[2];
        if (control?.op === 'value') asked.add(String(control.args));
      });
    });
    const { form } = loaded.rule;
    if (form.is === 'path') for (const { control } of form.stops) asked.add(control);
  }
  return asked;
}

const asked = askedFor();

test('a rule asks for every control', () => {
  const forNothing = [...vocabulary.keys()].filter((control) => !asked.has(control));
  expect(forNothing, 'no rule asks for these: leave them out of rules/controls.yaml').toEqual([]);
  expect([...asked].filter((control) => !vocabulary.has(control))).toEqual([]);
});

test('a deprecated control says what to write instead', () => {
  const deprecated = [...vocabulary.values()].filter((control) => control.deprecated !== undefined);
  expect(deprecated.length).toBeGreaterThan(0);
  for (const { name, deprecated: text } of deprecated) {
    const instead = /^write ([a-z_.]+)/.exec(text!)?.[1] ?? '';
    expect(isControl(instead) || isKey(instead), `${name}: ${text}`).toBe(true);
  }
});

const isControl = (name: string): boolean =>
  vocabulary.has(name) && vocabulary.get(name)!.deprecated === undefined;

/** `auth.registration`: a key of the object that stands under a key of some component. */
function isKey(text: string): boolean {
  const [key = '', below = ''] = text.split('.');
  return Object.values(language.definitions).some(({ fields }) => {
    const of = fields[key]?.of;
    return of !== undefined && Object.hasOwn(language.definitions[of]!.fields, below);
  });
}
