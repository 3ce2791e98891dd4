import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { code, generated, page, table } from './docs-markdown.mjs';
import { root } from './root.mjs';

/** docs/catalogue-rows.md: what became of each row of the catalogue, and of visible threats that no rule looks at. */
export function rowsPage(all) {
  const { rows } = parse(readFileSync(`${root}docs/catalogue-rows.yaml`, 'utf8'));
  const listed = Object.entries(rows);
  const built = listed.filter(([, row]) => !row.merged && !row.not_built);
  const merged = listed.filter(([, row]) => row.merged);
  const without = [...all.threats.values()].filter(({ noRule }) => noRule);
  return [
    [
      'docs/catalogue-rows.md',
      page(
        generated('`docs/catalogue-rows.yaml` and `rules/threats.yaml`'),
        '# What became of the catalogue',
        `The rules were written from a catalogue of ${listed.length} rows, each something that can be wrong. ${built.length} of them have rules of their own. ${merged.length} are merged into others, because two findings with one cause are one too many. ${listed.length - built.length - merged.length} was not built. A star marks rules that run at \`--profile strict\` only.`,
        table(
          ['Row', 'About', 'Rules', 'Why so'],
          listed.map(([id, row]) => [
            code(id),
            row.about,
            row.rules.map((rule) => ruleLink(all, rule)).join(', ') || 'none',
            row.merged ? `merged: ${row.merged}` : row.not_built ? `not built: ${row.not_built}` : '',
          ]),
        ),
        '## Visible threats without a rule',
        '`maestro rules --coverage` lists every threat with the rules that look at it. These have none:',
        without.map(({ id, title, noRule }) => `- ${title} (${code(id)}): ${noRule}`).join('\n'),
      ),
    ],
  ];
}

const ruleLink = (all, id) => {
  const isStrict = all.rules.find(({ rule }) => rule.id === id)?.rule.profile === 'strict';
  return `[${code(id)}](rules/${id}.md)${isStrict ? '\\*' : ''}`;
};
