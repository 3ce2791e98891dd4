import { loadText } from '../../../src/model/load.ts';
import { draw } from '../../../src/report/draw/draw.ts';
import type { Drawing, Edge, Node } from '../../../src/report/draw/drawing.ts';
import { marked } from '../../../src/report/draw/marks.ts';
import { finding, HOSTILE, pathFinding, step } from '../verdict-fixture.ts';

export const LAYERS = {
  'foundation-models': 'Foundation Models',
  'data-operations': 'Data Operations',
  'agent-frameworks': 'Agent Frameworks',
  'deployment-infrastructure': 'Deployment and Infrastructure',
  'evaluation-observability': 'Evaluation and Observability',
  'security-compliance': 'Security and Compliance',
  'agent-ecosystem': 'Agent Ecosystem',
};

/** Every kind of component and of reference, zones in zones and none, and both ways to say how a caller signs in. */
export const DESK = `maestro: 1
system: { name: claims-desk }
boundaries:
  internet: { trust: untrusted }
  corp: { trust: internal }
  vault: { trust: restricted, within: corp }
  attic: {}
actors:
  inbox: { kind: content, boundary: internet }
  staff: { kind: user, boundary: corp, auth: oidc }
models:
  llm: { name: "House model", hosting: vendor, trained_on: claims, auth: api-key }
data:
  claims: { kind: database, classification: restricted, boundary: vault }
  notes: { kind: memory }
  wiki: { kind: vector-store, classification: internal, boundary: corp, ingests: inbox }
agents:
  intake:
    autonomy: bounded
    runs_on: cluster
    exposure: public
    serves: staff
    models: llm
    reads: [inbox, wiki]
    memory: notes
    delegates_to: { payer: { auth: none } }
    tools: { mail: { actions: [fetch, send] } }
  payer:
    autonomy: supervised
    runs_on: cluster
    writes: claims
    tools: { bank: {} }
tools:
  mail: { kind: email, boundary: corp, actions: { fetch: { effect: read, targets: inbox }, send: { effect: send } } }
  bank: { kind: payment, publisher: vendor, actions: { pay: { effect: pay, targets: ledger }, look: { effect: read, targets: claims } } }
infrastructure:
  cluster: { kind: kubernetes, boundary: corp }
  laptop: { kind: workstation, plane: development }
observability:
  trail: { kind: audit-trail, boundary: corp, observes: [intake, payer] }
security:
  guard: { kind: gateway, boundary: corp, covers: intake }
ecosystem:
  ledger: { kind: business-system }
  shop: { kind: marketplace, boundary: internet, publishes: bank }
flows:
  - { from: ledger, to: payer, protocol: https, auth: mtls }
`;

/** The drawing of a description; throws unless it is valid. */
export function drawn(text: string = DESK): Drawing {
  const loaded = loadText('maestro.yaml', text);
  if (loaded.is !== 'system') throw new Error(JSON.stringify(loaded));
  return draw(loaded.system, LAYERS);
}

/** What is found of it: on components, on an edge, of a group, of the whole, and a path through a tool. */
export const FINDINGS = [
  finding({ subject: ['payer'], severity: 'medium', rule: 'kill-switch-missing' }),
  finding({ subject: ['payer'], severity: 'high', rule: 'agent-identity-missing' }),
  finding({ subject: ['intake', 'payer'], severity: 'high', rule: 'agent-channel-unauthenticated' }),
  finding({ subject: ['intake', 'payer'], severity: 'low', rule: 'identity-shared' }),
  finding({ subject: ['system'], severity: 'low', rule: 'review-overdue' }),
  pathFinding({
    subject: ['bank.pay'],
    steps: [
      step('inbox', 'an attacker writes inbox', 'inbox'),
      step('intake', 'intake reads inbox', 'intake'),
      step('payer', 'intake hands tasks to payer', 'intake'),
      step('bank.pay', 'payer may call bank.pay', 'send'),
    ],
  }),
];

export const GROUPS = new Set(['identity-shared']);

export const markedDesk = (): Drawing => marked(drawn(), FINDINGS, GROUPS);

/** A description in which every text and many an id is chosen to break a picture. */
export const HOSTILE_DESK = `maestro: 1
system: { name: ${JSON.stringify(HOSTILE)} }
boundaries:
  end: { trust: untrusted }
  subgraph: { trust: internal, within: end }
  גבול: { within: subgraph }
actors: { click: { name: ${JSON.stringify(HOSTILE)}, kind: content, boundary: end } }
data: { style: { name: "fa:fa-car $$x$$ #quot; \\\\n \\\\N %%{init}%% ﬂ°°60¶ß" } }
agents:
  o: { name: "</svg><script>alert(1)</script> & \\"x\\" ]]>", boundary: subgraph, reads: style, serves: click, tools: { סוכן: {} } }
  ${'long_'.repeat(40)}: { name: ${JSON.stringify('表示 👩‍👩‍👧 '.repeat(40))}, boundary: גבול }
tools: { סוכן: { name: "שלום; \\"עולם\\" [x]", kind: shell, actions: { "end": {} } } }
flows:
  - { from: click, to: style, protocol: "\\"|]; --> <b>x</b>\\n%%" }
`;

export const nodeOf = (drawing: Drawing, id: string): Node => drawing.nodes.find((node) => node.id === id)!;

/** The edge between two components, in whichever direction; the one that moves data unless told otherwise. */
export const edgeOf = (drawing: Drawing, a: string, b: string, isFlow = true): Edge =>
  drawing.edges.find(
    (edge) =>
      edge.isFlow === isFlow && ((edge.from === a && edge.to === b) || (edge.from === b && edge.to === a)),
  )!;

/** `inbox → intake: read` */
export const arrowOf = ({ from, to, heads, says }: Edge): string =>
  `${from} ${{ to: '→', both: '↔', none: '·' }[heads]} ${to}: ${says.join(', ')}`;
