import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { folder, ROOT } from './support.mjs';

const SMALL = `maestro: 1
system: { name: small }
agents:
  helper: { autonomy: suggest, tools: { mail: { actions: [send] } } }
tools:
  mail: { kind: email, actions: { send: { effect: send } } }
`;

/** What a stranger would write to break a report: every text that the language leaves free, and the file's own name. */
const NAMES = {
  escape: '\\e]0;owned\\a\\e[2J\\u202Egnp.exe',
  command: '%0A::error file=x::owned\\r\\n::set-output name=a::b',
  markdown: '<img src=x onerror=alert(1)> [link](javascript:alert(1)) @everyone | {0} {{agent.id}}',
  wide: '💥 表示 e\\u0301 \\0 \\uFEFF',
};

const hostile = (name) => `maestro: 1
system: { name: "${name}", owner: "${name}", description: "${name}" }
agents:
  Ünïcödé_表示: { name: "${name}", autonomy: autonomous, description: "${name}", tools: { 工具: {} } }
  a${'x'.repeat(300)}: { autonomy: autonomous, framework: "${name}" }
tools:
  工具: { name: "${name}", kind: shell, url: "${name}", publisher: community }
`;

const invalid = (name) => `maestro: 1
system: { name: broken }
agents:
  "${name}": { autonomy: "${name}" }
  helper: { autonomie: bounded, tools: { "${name}": {} }, controls: { "${name}": true } }
`;

/** The sets of descriptions that the checks run on: a name, and the function that makes a folder with them. */
export const DESCRIPTIONS = [
  ['examples', examples],
  ['a clean file', () => folder({ 'maestro.yaml': CLEAN })],
  ['hostile names', () => folder(each('hostile', hostile))],
  [
    'invalid files',
    () => folder({ ...each('invalid', invalid), 'syntax.maestro.yaml': 'maestro: 1\nsystem: { name: [\n' }),
  ],
  ['good, hostile and invalid together', everything],
];

/** A description that no rule has anything to say about. */
const CLEAN = 'maestro: 1\nsystem: { name: clean }\nboundaries: { office: { trust: internal } }\n';

export function examples() {
  const path = folder();
  cpSync(join(ROOT, 'examples'), join(path, 'examples'), { recursive: true });
  if (readdirSync(path, { recursive: true }).every((name) => !name.endsWith('maestro.yaml')))
    throw new Error('there is no description below examples/');
  return path;
}

/** Good and bad files in one run, in folders whose names are no easier. */
function everything() {
  return folder({
    'b/maestro.yaml': SMALL,
    'we ird/%41#é?[x] {0}/a.maestro.yaml': SMALL.replace('small', 'elsewhere'),
    ...each('hostile', hostile),
    ...each('invalid', invalid),
  });
}

const each = (folderName, description) =>
  Object.fromEntries(
    Object.entries(NAMES).map(([name, text]) => [`${folderName}/${name}.maestro.yaml`, description(text)]),
  );
