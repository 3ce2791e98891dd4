import { anchor, code, fence, generated, page, table } from './docs-markdown.mjs';

/** docs/rules/<id>.md for every rule, and the list of them. */
export const rulePages = (program, all) => [
  ['docs/rules/README.md', index(program, all)],
  ...all.rules.map((loaded) => [`docs/rules/${loaded.rule.id}.md`, rulePage(program, all, loaded)]),
];

/** `agent-frameworks` as the framework itself writes it. */
export const layerTitle = ({ frameworks }, layer) =>
  frameworks.find(({ id }) => id === 'csa-maestro').entries[layer] ?? 'Across layers';

function index({ markdownProse }, all) {
  const sections = all.layers.flatMap((layer) => {
    const members = all.rules.filter(({ rule }) => rule.layer === layer);
    if (members.length === 0) return [];
    const rows = members.map(({ rule }) => [
      `[${code(rule.id)}](${rule.id}.md)`,
      markdownProse(rule.title),
      rule.severity,
      rule.confidence,
      profileOf(rule),
    ]);
    return [
      `## ${layerTitle(all, layer)}`,
      table(['Rule', 'What is wrong', 'Severity', 'Confidence', 'Profile'], rows),
    ];
  });
  return page(
    generated('`rules/`'),
    '# Rules',
    `${all.rules.length} rules by layer of MAESTRO, in the order of the Cloud Security Alliance.`,
    [
      '- **Severity** says how bad a finding is; `--fail-on` compares with it, and the [config](../config.md) can change it.',
      '- **Confidence** says how sure a finding is right.',
      '- **Profile** is the smallest set of rules it belongs to: `--profile essential`, `recommended` (the default, which includes the first) or `strict` (all of them). An *experimental* rule belongs to none and runs only when `--rule` or the config names it.',
    ].join('\n'),
    sections,
  );
}

const profileOf = ({ profile }) => profile ?? 'experimental';

function rulePage(program, all, { rule, tests, data, path }) {
  const prose = program.markdownProse;
  const example = exampleOf(program, all, rule, tests);
  return page(
    generated(code(path)),
    `# ${prose(rule.title)}`,
    table(
      ['Rule', 'Severity', 'Confidence', 'Layer', 'Profile', 'Since'],
      [
        [
          code(rule.id),
          rule.severity,
          rule.confidence,
          `[${layerTitle(all, rule.layer)}](README.md#${anchor(layerTitle(all, rule.layer))})`,
          profileOf(rule),
          rule.since || 'not released',
        ],
      ],
    ),
    '## What it looks for',
    looksFor(data),
    aside(all, rule),
    '## Why',
    prose(rule.why),
    example && ['## Example', shown(prose, example)],
    '## What closes it',
    `${prose(rule.fix.say)}.`.replace(/([.!?])\.$/, '$1'),
    example &&
      Object.keys(rule.fix.edit).length > 0 && [
        'In the example that is this edit. Make it when it is true: declaring a control does not build it.',
        fence('yaml', program.writeEdit(example.findings[0].fixAt.path, example.findings[0].edit())),
      ],
    rule.threats.length > 0 && ['## Threats it answers', threats(program, all, rule)],
    '## When it does not fit',
    silence(rule),
  );
}

function shown(prose, { yaml, findings }) {
  const messages = findings.map(({ message }) => `> ${prose(message())}`);
  const steps = (findings[0].steps ?? []).map(({ text }) => prose(text));
  return [
    fence('yaml', yaml),
    `\`maestro lint\` says here:\n\n${messages.join('\n>\n')}`,
    steps.length > 0 && `The way of an attacker:\n\n${numbered(steps)}`,
  ];
}

const numbered = (lines) => lines.map((line, i) => `${i + 1}. ${line}`).join('\n');

const ONE = {
  agent: 'agent',
  model: 'model',
  store: 'entry of `data`',
  tool: 'tool',
  action: 'action of a tool',
  host: 'entry of `infrastructure`',
  monitor: 'entry of `observability`',
  service: 'entry of `security`',
  peer: 'entry of `ecosystem`',
  actor: 'actor',
  boundary: 'boundary',
  component: 'component',
  grant: 'tool that an agent was granted',
  delegation: 'agent that another hands work to',
  flow: 'connection over which data moves (declared, or implied by a reference)',
};

function looksFor(data) {
  const at = data.at ? ` It points at ${code(data.at)}, or at what is written nearest to it.` : '';
  if (data.path) return ofPath(data.path, data.when);
  if (data.each) return ofEach(data.each, data.when);
  if (data.group_by) {
    return [
      `Puts ${data.for === 'system' ? 'everything' : `every ${ONE[data.for]}`} into groups by this value; what has none is left out:`,
      expression(data.group_by),
      'A group is a finding when this is true:',
      expression(data.when),
      data.about && `It points at the first member for which ${code(data.about.trim())} is true.`,
      at.trim(),
    ];
  }
  const subject = data.for === 'system' ? 'The system as a whole, when' : `Every ${ONE[data.for]} for which`;
  return [`${subject} this is true:`, expression(data.when), at.trim(), data.attack && ofAttack(data.attack)];
}

const ofAttack = ({ to, over, by, stopped_by }) => [
  `The finding is an [attack path](../attack-paths.md#attacks-by-one-agent): what an attacker writes gets to ${
    to === undefined
      ? `it, by way of one agent at most, over a step of the kind ${over.map(code).join(' or ')}${by === undefined ? '' : ` from a node with ${code(by.trim())}`}`
      : `the agent by itself, and the agent to a node with ${code(to.trim())}`
  }.`,
  `What stops it there:\n\n${stopped_by.map((stop) => `- ${stopText(stop)}`).join('\n')}`,
];

const ofEach = (each, when) => [
  'Every member of this list:',
  expression(each),
  when && ['for which this is true:', expression(when)],
];

const ofPath = ({ from, via, to, stopped_by }, when) => [
  'An [attack path](../attack-paths.md): a walk on which whoever controls one node can bend the next.',
  table(
    ['', 'Node for which this is true'],
    [
      ['from every', code(from.trim())],
      via && ['by way of a', code(via.trim())],
      ['to every', code(to.trim())],
    ].filter(Boolean),
  ),
  stopped_by.length > 0
    ? `What stops it on the way:\n\n${stopped_by.map((stop) => `- ${stopText(stop)}`).join('\n')}`
    : 'Nothing that can be declared stops it on the way: the design has to change.',
  when && ['Of the walks that are found, those for which this is true:', expression(when)],
  'One finding a target, with the shortest way to it and every place it can start from.',
];

function stopText({ node, step, to, control }) {
  const name = `[${code(control)}](../controls.md#${control})`;
  const places = [
    node && `a node with ${code(node.trim())}`,
    step &&
      `a step of the kind ${step.map(code).join(' or ')}${to === undefined ? '' : ` to a node with ${code(to.trim())}`}`,
  ].filter(Boolean);
  return `${name} on ${places.join(', or on ')}`;
}

const expression = (text) => fence('js', text);

function aside({ rules }, rule) {
  const list = (ids) => ids.map((id) => `[${code(id)}](${id}.md)`).join(', ');
  const over = rules.filter((other) => other.rule.supersedes.includes(rule.id)).map((other) => other.rule.id);
  const planes = {
    development: 'It looks at what people build with (`plane: development`) only.',
    any: 'It looks at what people build with (`plane: development`) too.',
  };
  return [
    planes[rule.plane],
    rule.supersedes.length > 0 &&
      `Where it fires, ${list(rule.supersedes)} stays silent about the same subject.`,
    over.length > 0 && `It stays silent where ${list(over)} fires about the same subject.`,
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * The first test that finds something, as a whole file, with what the rule really says about it. A rule whose tests
 * fail has none: its page can wait, the tests say what is wrong.
 */
function exampleOf(program, { vocabulary }, rule, tests) {
  for (const test of tests) {
    const yaml = program.header(test.model).replace('name: rule-test', 'name: example');
    const loaded = program.loadText(`${rule.id}: ${test.name}`, yaml);
    const findings =
      loaded.is === 'system'
        ? program.evaluate(loaded.system, [rule], vocabulary, program.contextOf(test.absent)).hits
        : [];
    if (findings.length > 0) return { yaml, findings };
  }
  return null;
}

function threats({ markdownProse }, all, rule) {
  const answered = rule.threats.map((id) => all.threats.get(id));
  const references = [...new Set(answered.flatMap(({ refs }) => refs))].map((text) => text.split(':'));
  const rows = all.frameworks
    .map((framework) => [framework, references.filter((reference) => isOf(framework, reference))])
    .filter(([, own]) => own.length > 0)
    .map(([{ name, url, entries }, own]) => [
      url ? `[${markdownProse(name)}](${url})` : markdownProse(name),
      own
        .map(([, entry]) => `${entry} ${markdownProse(entries[entry] ?? '')}`.trim())
        .sort(naturally)
        .join('; '),
    ]);
  return [
    answered
      .map(({ id, title, means }) => `- **${markdownProse(title)}** (${code(id)}): ${markdownProse(means)}`)
      .join('\n'),
    rows.length > 0 && [
      'Entries of published lists that are about the same; which belong together is our judgement.',
      table(['List', 'Entries'], rows),
    ],
  ];
}

const isOf = ({ prefix, edition }, [given, , year]) =>
  prefix === given && (edition === undefined || edition === year);

const collator = new Intl.Collator('en', { numeric: true });
const naturally = (a, b) => collator.compare(a, b);

const silence = ({ id }) => [
  'Lower it or turn it off in [`maestro.config.yaml`](../config.md), with the reason as a comment:',
  fence('yaml', `config: 1\nrules:\n  ${id}: off   # or critical, high, medium, low`),
  `That holds for the whole repository; \`overrides\` narrows it to some files. \`npx maestro explain ${id}\` prints this page in a terminal.`,
];
