import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { code, generated, page, table } from './docs-markdown.mjs';
import { layerTitle } from './docs-rules.mjs';
import { root } from './root.mjs';

/** examples/<name>/threats.md: what a publication lists and what the linter sees of it, from threats.yaml beside it. */
export const threatPages = (all) =>
  readdirSync(`${root}examples`)
    .filter((name) => existsSync(`${root}examples/${name}/threats.yaml`))
    .map((name) => {
      const { threats } = parse(readFileSync(`${root}examples/${name}/threats.yaml`, 'utf8'));
      return [`examples/${name}/threats.md`, threatPage(all, name, threats)];
    });

function threatPage(all, name, threats) {
  const shown = threats.filter(({ visible }) => visible !== 'none');
  const found = shown.filter((threat) => threat.found);
  const partly = found.filter(({ part }) => part);
  return page(
    generated('`threats.yaml`'),
    `# ${name}: the published threats`,
    `Of ${threats.length} threats, a description of what was published can show ${shown.length}. Rules find ${found.length}, ${partly.length} of them in part. A star marks rules that run at \`--profile strict\` only. *Declared*: what shows it is that nobody declared a control.`,
    table(
      ['Threat', 'Layer', 'Visible', 'Found by', 'On'],
      threats.map((threat) => row(all, threat)),
    ),
  );
}

const VISIBLE = { direct: 'yes', declared: 'declared', none: 'no' };

function row(all, { threat, layer, visible, because, part, found = [], not_found: not }) {
  const byRule = groupBy(found, (each) => each.split('@')[0]);
  return [
    threat,
    layerTitle(all, layer),
    `${part ? 'in part' : VISIBLE[visible]}: ${because}`,
    not ?? [...byRule.keys()].map((id) => ruleLink(all, id)).join('<br>'),
    [...byRule.values()].map((each) => each.map(place).join(', ')).join('<br>'),
  ];
}

const ruleLink = (all, id) => {
  const isStrict = all.rules.find(({ rule }) => rule.id === id)?.rule.profile === 'strict';
  return `[${code(id)}](../../docs/rules/${id}.md)${isStrict ? '\\*' : ''}`;
};

const place = (each) => each.split('@')[1].split('->').map(code).join(' → ');

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
