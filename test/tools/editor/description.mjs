import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ensure, ROOT } from '../support.mjs';
import { inEditor } from './server.mjs';
import { BEGINNING, ensureLines, ensureSays, hovered, labels, marked, modeline, offered } from './text.mjs';

const FILE = 'maestro.yaml';
const SECTIONS =
  'include boundaries actors models data agents tools infrastructure observability security ecosystem flows controls assert waivers';
const AGENT =
  'name role autonomy framework serves models reads writes memory tools delegates_to learns card protocol url boundary runs_on exposure auth identity publisher version region owner plane controls description links tags source';
const METHODS =
  'none api-key basic session bearer oauth2-authorization-code oauth2-client-credentials oauth2-token-exchange oidc saml social-login mtls spiffe signed';
const EDGE = 'protocol auth approval controls description tags';
const DETAILS = 'method provider token audience scopes pkce registration secret_in ttl';

/** Where the cursor stands, below the first lines of a description, and the labels that are offered there. */
const OFFERED = [
  ['▮', SECTIONS],
  ['agents:\n  a:\n    ▮', AGENT],
  ['agents:\n  a:\n    learns: true\n    au▮\n', AGENT.replace(' learns', '')],
  ['agents:\n  a: { auto▮ }\n', AGENT],
  ['agents:\n  a:\n    autonomy: ▮\n', 'suggest supervised bounded autonomous'],
  ['agents:\n  a: { autonomy: b▮ }\n', 'suggest supervised bounded autonomous'],
  ['agents:\n  a:\n    models:\n      llm:\n        ▮\n', EDGE],
  ['agents:\n  a:\n    models: { llm: { pro▮ } }\n', EDGE],
  ['agents:\n  a:\n    delegates_to:\n      b:\n        auth: mtls\n        ▮\n', EDGE.replace(' auth', '')],
  ['agents:\n  a:\n    tools:\n      mail:\n        ▮\n', `actions limits allow ${EDGE}`],
  ['agents:\n  a:\n    auth: ▮\n', METHODS],
  ['agents:\n  a:\n    models:\n      llm:\n        auth: m▮\n', METHODS],
  ['agents:\n  a:\n    auth:\n      ▮\n', DETAILS],
  ['agents:\n  a:\n    auth:\n      method: ▮\n', METHODS],
  ['tools:\n  mail:\n    actions:\n      send:\n        approval: ▮\n', 'none human policy second-agent'],
  ['data:\n  d:\n    contains: [▮]\n', 'pii phi pci financial credentials source-code authorization-rules'],
  ['controls:\n  kill_switch: ▮\n', 'true false planned'],
  ['controls:\n  kill_switch:\n    ▮\n', 'status value evidence note owner last every'],
  ['controls:\n  kill_switch:\n    evidence:\n      ▮\n', 'file contains equals sha256 reviewed url'],
  ['controls:\n  kill_switch:\n    evidence:\n      - ▮\n', 'file contains equals sha256 reviewed url'],
  // Nobody can know what the components of a system are called: an example would be a wrong word.
  ['agents:\n  a:\n    boundary: ▮\n', ''],
  ['agents:\n  a:\n    models: ▮\n', ''],
  ['agents:\n  a:\n    models:\n      - ▮\n', ''],
  ['agents:\n  ▮\n', 'id'],
];

async function completes(editor) {
  const empty = await offered(editor, FILE, `${modeline('maestro-1')}▮`);
  ensureLines('an empty file offers', [labels(empty)], [`maestro system ${SECTIONS}`]);
  const beginning = empty.filter(({ whole }) => whole).map(({ inserts }) => inserts);
  ensureLines('a file begins with', beginning, ['maestro: $1\nsystem:\n  name: $2']);

  for (const [body, expected] of OFFERED) {
    const items = await offered(editor, FILE, BEGINNING + body);
    ensureLines(`${body} offers`, [labels(items)], [expected]);
  }
}

async function explainsWhatItOffers(editor) {
  const find = async (body, label) =>
    (await offered(editor, FILE, BEGINNING + body)).find((item) => item.label === label);
  const autonomy = await find('agents:\n  a:\n    ▮', 'autonomy');
  ensure(autonomy.inserts === 'autonomy: ', `autonomy inserts ${autonomy.inserts}`);
  ensureSays('autonomy', autonomy.says, '`bounded` (alone within limits)');
  ensureSays('agents', (await find('▮', 'agents')).says, 'Agents by id.');
  const social = await find('actors:\n  a:\n    auth: ▮\n', 'social-login');
  ensure(social.inserts === 'social-login', `social-login inserts ${social.inserts}`);
  ensureSays('social-login', social.says, 'which anybody can open');
  const protocol = await find('agents:\n  a:\n    reads:\n      d:\n        ▮\n', 'protocol');
  ensureSays('protocol of an edge', protocol.says, 'where it differs from that of the target');
}

async function offersEveryControl(editor) {
  const { controls } = parse(readFileSync(join(ROOT, 'rules/controls.yaml'), 'utf8'));
  const expected = Object.entries(controls).map(([name, { means }]) => `${name}: ${means}.`);
  ensure(expected.length > 50, `there are ${expected.length} controls`);
  for (const body of [
    'controls:\n  ▮\n',
    'agents:\n  a:\n    controls:\n      ▮\n',
    'tools:\n  t: { controls: { d▮ } }\n',
  ]) {
    const items = await offered(editor, FILE, BEGINNING + body);
    const lines = items.map(({ label, says }) => `${label}: ${says.replace(/ Deprecated: .*/, '')}`);
    ensureLines(`${body} offers`, lines, expected);
  }
}

/** What stands under the cursor, and what has to be shown there. */
const HOVERED = [
  [
    'agents:\n  a: { auto▮nomy: bounded }\n',
    'What it may do alone: `suggest` (people act)',
    '* `autonomous`',
  ],
  ['age▮nts: { a: {} }\n', 'Agents by id.'],
  ['agents: { payer▮: {} }\n', 'A program in which a model decides what to do next.'],
  [
    'agents: { a: { controls: { kill_▮switch: true } } }\n',
    'A person can stop the agent at once, and that was tried.',
  ],
  [
    'controls: { kill_▮switch: { evidence: stop.md } }\n',
    'A person can stop the agent at once, and that was tried.',
  ],
  ['controls: { kill_switch: { evi▮dence: stop.md } }\n', 'What shows that it is in force'],
  ['agents: { a: { mo▮dels: llm } }\n', 'Models it thinks with.'],
  ['agents: { a: { mo▮dels: [llm] } }\n', 'Models it thinks with.'],
  ['agents: { a: { mo▮dels: { llm: {} } } }\n', 'Models it thinks with.'],
  [
    'agents: { a: { models: { llm: { au▮th: mtls } } } }\n',
    'How the caller proves itself here',
    '* `mtls`: Both ends show a certificate.',
  ],
  ['agents: { a: { au▮th: { method: mtls } } }\n', 'How callers prove who they are, in detail.'],
  [
    'agents: { a: { tools: { t: { limits: { ra▮te: 60/min } } } } }\n',
    'Most calls in a period: `60/min`.',
    '200000/day',
  ],
  ['data: { d: { contains: [p▮hi] } }\n', '* `phi`: Health data.'],
  ['flows: [{ fr▮om: a, to: b }]\n', 'Id of the component that sends.'],
];

async function explainsWhatIsThere(editor) {
  for (const [body, ...parts] of HOVERED)
    ensureSays(body, await hovered(editor, FILE, BEGINNING + body), ...parts);
}

const NOT_A_METHOD = `Write one of ${METHODS.replaceAll(' ', ', ')}. Details need a map with method: { method: oidc, … }.`;

/** What is wrong below the first three lines, and how it is marked. */
const WRONG = [
  ['agents:\n  a:\n    autonomie: bounded\n', '6:5-14 Property autonomie is not allowed.'],
  [
    'agents:\n  a:\n    autonomy: sometimes\n',
    '6:15-24 Value is not accepted. Valid values: "suggest", "supervised", "bounded", "autonomous".',
  ],
  ['flows:\n  - { from: a }\n', '5:5-6 Missing property "to".'],
  ['agents:\n  a:\n    learns: yes\n', '6:13-16 Incorrect type. Expected "boolean".'],
  ['agents: { a: { tags: x } }\n', '4:22-23 Incorrect type. Expected "array".'],
  ['agents: { a: { models: { m: { protcol: https } } } }\n', '4:31-38 Property protcol is not allowed.'],
  [
    'agents: { a: { models: [ "a b" ] } }\n',
    '4:26-31 An id has letters of any script, digits, _ and -, and nothing else.',
  ],
  ['agents: { "a b": {} }\n', '4:11-16 An id has letters of any script, digits, _ and -, and nothing else.'],
  ['agents: { a: { auth: mtl } }\n', `4:22-25 ${NOT_A_METHOD}`],
  ['agents: { a: { auth: { type: oidc } } }\n', `4:22-36 ${NOT_A_METHOD}`],
  ['agents: { a: { auth: { method: oidc, tll: 1h } } }\n', '4:38-41 Property tll is not allowed.'],
  [
    'tools: { t: { actions: { a: { approval: humans } } } }\n',
    '4:41-47 Write one of none, human, policy, second-agent. Details need a map with by: { by: human, … }.',
  ],
  ['controls: { kill_switch: yes }\n', '4:26-29 YAML 1.2 reads this as text. Write true or false.'],
  ['controls: { kill_switch: { evidence: { path: stop.md } } }\n', '4:40-44 Property path is not allowed.'],
  [
    'controls: { kill_switch: { last: 1.9.2026 } }\n',
    '4:34-42 Not a date. Write year, month and day: 2026-10-01.',
  ],
  [
    'agents: { a: { tools: { t: { limits: { rate: 60 per minute } } } } }\n',
    '4:46-59 Not a rate. Write a number, / and s, min, h, day, week or month: 60/min, 200000/day.',
  ],
  ['data: { d: { links: [ { tilte: x, url: y } ] } }\n', '4:25-30 Property tilte is not allowed.'],
];

async function marksMistakes(editor) {
  await Promise.all(
    WRONG.map(async ([body, ...expected]) =>
      ensureLines(body, await marked(editor, FILE, BEGINNING + body), expected),
    ),
  );
  const bare = `${modeline('maestro-1')}maestro: 2\nsystem: {}\n`;
  ensureLines('a beginning', await marked(editor, FILE, bare), [
    '2:10-11 Value is not accepted. Valid values: 1, "1".',
    '3:1-7 Missing property "name".',
  ]);
}

export const checks = [
  { name: 'the editor completes a description', run: () => inEditor(completes) },
  { name: 'the editor explains what it offers in a description', run: () => inEditor(explainsWhatItOffers) },
  { name: 'the editor offers every control with its meaning', run: () => inEditor(offersEveryControl) },
  { name: 'the editor explains a description', run: () => inEditor(explainsWhatIsThere) },
  { name: 'the editor marks mistakes in a description', run: () => inEditor(marksMistakes) },
];
