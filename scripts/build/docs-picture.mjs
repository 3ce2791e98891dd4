import { COLUMNS, drawTerminal } from './docs-terminal.mjs';
import { root } from './root.mjs';

/** What the picture shows: the worst of a real run, and how it ends. */
const EXAMPLE = 'examples/support-rag/as-found.maestro.yaml';
const LINES = 34;

/** docs/output.svg: what `maestro lint` prints about an example on a terminal, drawn from its real output. */
export async function picture({ main }) {
  const output = await lint(main, EXAMPLE);
  const text = `\x1b[2m$\x1b[22m npx maestro lint ${EXAMPLE}\n\n${shortened(output)}`;
  return [['docs/output.svg', drawTerminal(text, `What maestro lint prints about ${EXAMPLE}`)]];
}

async function lint(main, path) {
  let printed = '';
  const stdout = { isTTY: true, columns: COLUMNS, write: (text) => (printed += text) };
  const stderr = { isTTY: false, write: () => {} };
  const env = {};
  const code = await main({ argv: ['lint', path], cwd: root, env, home: root, stdout, stderr });
  if (code !== 0 && code !== 1) throw new Error(`${path} cannot be linted: exit ${code}\n${printed}`);
  return printed.replaceAll(/\x1b\]8;[^\x1b]*\x1b\\/g, '');
}

/** As many whole findings from the start as fit, at least one, then the end. */
function shortened(output) {
  const blocks = output.trimEnd().split('\n\n');
  const end = blocks.splice(blocks.at(-2)?.includes(' could not judge; ') ? -2 : -1);
  const shown = [];
  const height = (texts) => texts.join('\n\n').split('\n').length;
  for (const block of blocks) {
    if (shown.length > 0 && height([...shown, block, ...end]) > LINES) break;
    shown.push(block);
  }
  const cut = shown.length < blocks.length ? ['\x1b[2m⋮\x1b[22m'] : [];
  return [...shown, ...cut, ...end].join('\n\n');
}
