import { ensure } from '../support.mjs';
import { inEditor } from './server.mjs';
import { BEGINNING, ensureLines, ensureSays, hovered, labels, marked, modeline, offered } from './text.mjs';

const RULE = `${modeline('rule-1')}rule: 1
id: unattended-delete
title: Deletion without a person
layer: agent-frameworks
severity: high
confidence: high
message: m
why: w
fix: { say: s }
tests: [{ name: n, model: "agents: {}", finds: [] }]
`;
const CONFIG = `${modeline('config-1')}config: 1\n`;
const VOCABULARY = `${modeline('vocabulary-1')}vocabulary: 1\ncontrols:\n  four_eyes:\n`;
const PART = modeline('maestro-part-1');

const LAYERS =
  'foundation-models data-operations agent-frameworks deployment-infrastructure evaluation-observability security-compliance agent-ecosystem';
const KINDS = 'agent model store tool action host monitor service peer actor';
const RULE_KEYS =
  'rule id title layer severity confidence profile plane since threats supersedes for group_by about each path attack when at message why fix tests';
const CONFIG_KEYS =
  'paths ignore fail_on fail_on_unknown profile packs rules overrides baseline max_waiver_days allow_inline';
const CONTROL_KEYS = 'layer for means answers closes example implied_by contradicted_by deprecated';

/** The file, a text with a cursor, and the labels that are offered there. */
const OFFERED = [
  ['x.yaml', `${modeline('rule-1')}▮`, RULE_KEYS],
  ['x.yaml', `${RULE}severity: ▮`.replace('severity: high\n', ''), 'critical high medium low'],
  ['x.yaml', `${RULE}layer: ▮`.replace('layer: agent-frameworks\n', ''), `${LAYERS} cross-layer`],
  ['x.yaml', `${RULE}profile: ▮`, 'essential recommended strict'],
  ['x.yaml', `${RULE}for: ▮`, `${KINDS} boundary component grant delegation flow system`],
  ['x.yaml', `${RULE}path:\n  from: a\n  ▮`, 'via to stopped_by'],
  ['x.yaml', `${RULE}attack:\n  to: a\n  ▮`, 'over by stopped_by'],
  ['x.yaml', `${RULE}attack:\n  stopped_by:\n    - control: a\n      ▮`, 'node step to'],
  ['x.yaml', RULE.replace('{ say: s }', '\n  say: s\n  on: ▮'), 'edge system file'],
  ['maestro.config.yaml', `${modeline('config-1')}▮`, `config ${CONFIG_KEYS}`],
  ['maestro.config.yaml', `${CONFIG}▮`, CONFIG_KEYS],
  ['maestro.config.yaml', `${CONFIG}fail_on: ▮`, 'critical high medium low never'],
  ['maestro.config.yaml', `${CONFIG}rules:\n  ▮`, 'rule-id'],
  ['maestro.config.yaml', `${CONFIG}rules:\n  kill-switch-missing: ▮`, '"off" critical high medium low'],
  ['maestro.config.yaml', `${CONFIG}overrides:\n  - paths: [labs]\n    ▮`, 'rules profile'],
  ['words.yaml', `${modeline('vocabulary-1')}▮`, 'vocabulary controls'],
  ['words.yaml', `${VOCABULARY}    ▮`, CONTROL_KEYS],
  ['words.yaml', `${VOCABULARY}    layer: ▮`, LAYERS],
  ['words.yaml', `${VOCABULARY}    for: [▮]`, `${KINDS} edge system`],
  ['words.yaml', `${VOCABULARY}    implied_by:\n      ▮`, `${KINDS} edge`],
  [
    'agents/a.yaml',
    `${PART.replace('../', '../../')}agents:\n  a:\n    autonomy: ▮`,
    'suggest supervised bounded autonomous',
  ],
];

async function completes(editor) {
  for (const [file, text, expected] of OFFERED) {
    const items = await offered(editor, file, text);
    ensureLines(`${text}\noffers`, [labels(items)], [expected]);
  }
}

/** What stands under the cursor, and what has to be shown there. */
const HOVERED = [
  [RULE.replace('severity', 'sev▮erity'), 'How bad a finding is: `critical`, `high`, `medium` or `low`.'],
  [RULE.replace('id:', 'i▮d:'), 'Id of the rule; equals the name of the file'],
  [RULE.replace('tests', 'te▮sts'), 'Small descriptions, and what the rule has to find in each.'],
  [RULE.replace('finds', 'fi▮nds'), 'Every finding the rule has to make, and no other.'],
  [`${RULE}fo▮r: store`, 'What is visited', '* `store`: Each entry of `data`.'],
  [`${RULE}wh▮en: agent.learns`, 'An expression that is true when the rule fires.'],
  [`${CONFIG}fail_▮on: high`, 'The mildest severity that fails the run'],
  [`${CONFIG}ru▮les: { kill-switch-missing: off }`, 'Severity of single rules, or `off`, by id'],
  [`${CONFIG}rules: { kill-switch▮-missing: off }`, 'How bad a finding of this rule is here, or `off`.'],
  [`${CONFIG}overrides: [{ pa▮ths: [labs] }]`, 'Files, folders or patterns it holds for'],
  [`${VOCABULARY}    fo▮r: [edge]`, 'Where it may stand'],
  [`${VOCABULARY}    for: [ed▮ge]`, '* `edge`: On any reference, grant or flow.'],
  [`${VOCABULARY}    impl▮ied_by: { agent: agent.learns }`, 'a fact that already says it'],
  [`${PART}controls: { kill_▮switch: true }`, 'A person can stop the agent at once, and that was tried.'],
];

async function explains(editor) {
  for (const [text, ...parts] of HOVERED) ensureSays(text, await hovered(editor, 'x.yaml', text), ...parts);
}

const RULE_ID = 'Lower-case letters and digits, with dashes between: kill-switch-missing.';

/** A file with mistakes, and how they are marked. */
const WRONG = [
  [
    RULE.replace('severity: high', 'severity: hgh'),
    '6:11-14 Value is not accepted. Valid values: "critical", "high", "medium", "low".',
  ],
  [RULE.replace('why: w\n', ''), '2:1-2 Missing property "why".'],
  [RULE.replace('unattended-delete', 'Unattended'), `3:5-15 ${RULE_ID}`],
  [RULE.replace('{ say: s }', 'stop it'), '10:6-13 Incorrect type. Expected "fix".'],
  [
    RULE.replace('finds', 'finding'),
    '11:9-10 Missing property "finds".',
    '11:41-48 Property finding is not allowed.',
  ],
  [`${RULE}whn: agent.learns\n`, '12:1-4 Property whn is not allowed.'],
  [
    `${CONFIG}fail_on: hgh\n`,
    '3:10-13 Value is not accepted. Valid values: "critical", "high", "medium", "low", "never".',
  ],
  [
    `${CONFIG}profil: strict\npaths: services\n`,
    '3:1-7 Property profil is not allowed.',
    '4:8-16 Incorrect type. Expected "array".',
  ],
  [
    `${CONFIG}rules: { Kill_switch: of }\n`,
    `3:10-21 ${RULE_ID}`,
    '3:23-25 Value is not accepted. Valid values: "off", "critical", "high", "medium", "low".',
  ],
  [`${modeline('config-1')}fail_on: high\n`, '2:1-2 Missing property "config".'],
  [
    `${VOCABULARY}    for: agent\n    means: m\n`,
    '4:3-12 Missing property "layer".',
    '5:10-15 Incorrect type. Expected "array".',
  ],
  [
    `${VOCABULARY}    { layer: agent-frameworks, for: [agents], means: m, answrs: [] }\n`,
    `5:38-44 Value is not accepted. Valid values: ${list(`${KINDS} edge system`)}.`,
    '5:57-63 Property answrs is not allowed.',
  ],
  [
    `${VOCABULARY.replace('four_eyes', 'four-eyes')}    { layer: agent-frameworks, for: [agent], means: m }\n`,
    '4:3-12 Lower-case letters and digits, with _ between: kill_switch.',
  ],
  [
    `${PART}system: { name: x }\nagents: { a: { learns: 1 } }\n`,
    '2:1-7 Property system is not allowed.',
    '3:24-25 Incorrect type. Expected "boolean".',
  ],
];

async function marksMistakes(editor) {
  for (const [text, ...expected] of WRONG) ensureLines(text, await marked(editor, 'x.yaml', text), expected);
}

/** A file that is included offers what the file that includes it does, in the same words. */
async function knowsParts(editor) {
  const [whole, part] = [
    await offered(editor, 'maestro.yaml', `${BEGINNING}▮`),
    await offered(editor, 'agents.yaml', `${PART}▮`),
  ].map((items) => items.map(({ label, says }) => `${label}: ${says}`));
  ensure(whole.length === 15, `${whole.length} sections are offered`);
  ensureLines(
    'a part offers',
    part.filter((line) => !line.startsWith('maestro: ')),
    whole,
  );
}

function list(words) {
  return words
    .split(' ')
    .map((word) => JSON.stringify(word))
    .join(', ');
}

export const checks = [
  { name: 'the editor completes rules, config, vocabularies and parts', run: () => inEditor(completes) },
  { name: 'the editor explains rules, config, vocabularies and parts', run: () => inEditor(explains) },
  {
    name: 'the editor marks mistakes in rules, config, vocabularies and parts',
    run: () => inEditor(marksMistakes),
  },
  {
    name: 'the editor knows the same sections in a part as in a description',
    run: () => inEditor(knowsParts),
  },
];
