import { anchor, code, generated, page } from './docs-markdown.mjs';
import { layerTitle } from './docs-rules.mjs';

/** docs/controls.md: the words that may stand under `controls:`. */
export const controlsPage = (program, all) => [
  [
    'docs/controls.md',
    page(
      generated('`rules/controls.yaml`'),
      '# Controls',
      `The ${all.controls.length} words that may stand under \`controls:\`. The [guide](language.md#controls) says in which forms, and in which order \`maestro\` looks for one. A word that is not here, or that stands where no rule looks for it, is an error.`,
      all.layers
        .map((layer) => contents(all, layer))
        .filter(Boolean)
        .join('\n'),
      all.layers.flatMap((layer) => section(program, all, layer)),
    ),
  ],
];

const membersOf = ({ controls }, layer) => controls.filter((control) => control.layer === layer);

function contents(all, layer) {
  const members = membersOf(all, layer);
  const title = layerTitle(all, layer);
  return (
    members.length > 0 &&
    `- [${title}](#${anchor(title)}): ${members.map(({ name }) => link(name)).join(', ')}`
  );
}

const link = (name) => `[${code(name)}](#${name})`;

function section({ markdownProse, writeEdit }, all, layer) {
  const members = membersOf(all, layer);
  if (members.length === 0) return [];
  return [
    `## ${layerTitle(all, layer)}`,
    members.map((control) => [
      `### ${code(control.name)}`,
      `${markdownProse(control.means)}.`,
      control.deprecated && `**Deprecated**: ${markdownProse(control.deprecated)}.`,
      facts(markdownProse, writeEdit, all, control),
    ]),
  ];
}

const PLACES = {
  store: '`data`',
  host: '`infrastructure`',
  monitor: '`observability`',
  service: '`security`',
  peer: '`ecosystem`',
  agent: '`agents`',
  model: '`models`',
  tool: '`tools`',
  action: 'actions',
  actor: '`actors`',
  boundary: '`boundaries`',
  edge: 'references, grants and flows',
  system: 'the top of the file',
};

function facts(markdownProse, writeEdit, all, { name, for: kinds, answers }) {
  const { implied_by: implied = {}, example = true } = all.written[name];
  const threats = answers.map((id) => markdownProse(all.threats.get(id)?.title ?? id));
  const rules = askedBy(all, name);
  return [
    `- May stand on: ${kinds.map((kind) => PLACES[kind] ?? kind).join(', ')}`,
    `- For example: ${code(writeEdit([], { [name]: example }))}`,
    ...Object.entries(implied).map(
      ([kind, text]) => `- Already said, on ${PLACES[kind] ?? kind}, by ${code(text.trim())}`,
    ),
    threats.length > 0 && `- Answers: ${threats.join('; ')}`,
    rules.length > 0 && `- Asked for by: ${rules.map((id) => `[${code(id)}](rules/${id}.md)`).join(', ')}`,
  ]
    .filter(Boolean)
    .join('\n');
}

/** Rules whose expressions or stops name the control. */
const askedBy = ({ rules }, name) =>
  rules
    .filter(({ data }) => {
      const all = [...(data.path?.stopped_by ?? []), ...(data.attack?.stopped_by ?? [])];
      const stops = all.some(({ control }) => control === name);
      const expressions = [
        data.when,
        data.each,
        data.group_by,
        data.about,
        ...Object.values(data.path ?? {}),
      ];
      return stops || expressions.some((text) => typeof text === 'string' && asks(text, name));
    })
    .map(({ rule }) => rule.id);

const asks = (text, name) => text.includes(`enforces("${name}")`) || text.includes(`enforces('${name}')`);
