import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { OUTPUT_NAMES } from '../../src/github/commands.ts';
import { INPUT_NAMES } from '../../src/github/inputs.ts';
import { HOME } from '../support/cli.ts';

const read = (path: string): string => readFileSync(join(HOME, path), 'utf8');

test('action.yml has the inputs and outputs that the program knows, and the page describes each', () => {
  const { inputs, outputs, runs } = parse(read('action.yml'));
  expect(Object.keys(inputs)).toEqual([...INPUT_NAMES]);
  expect(Object.keys(outputs)).toEqual([...OUTPUT_NAMES]);
  expect(runs).toEqual({ using: 'node24', main: 'dist/action.js' });
  const page = read('docs/github-action.md');
  for (const name of [...INPUT_NAMES, ...OUTPUT_NAMES]) expect(page).toContain(`| \`${name}\` |`);
});

test('what talks to GitHub is in the bundle of the Action alone', () => {
  const marks = /octokit|undici|EnvHttpProxyAgent/i;
  expect(read('dist/action.js')).toMatch(marks);
  for (const name of ['maestro', 'quick']) expect(read(`dist/${name}.js`)).not.toMatch(marks);
});
