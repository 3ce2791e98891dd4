import { root } from './root.mjs';

/** Small enough to be read on a page, with zones of several kinds. */
const EXAMPLE = 'examples/a2a-documents/as-found.maestro.yaml';

/** docs/diagram.svg: what `maestro graph` draws of an example. */
export async function diagram({ main }) {
  let printed = '';
  const stdout = { isTTY: false, write: (text) => (printed += text) };
  const argv = ['graph', EXAMPLE, '--findings', '--as-of', '2026-01-01', '--format', 'svg'];
  const code = await main({ argv, cwd: root, env: {}, home: root, stdout, stderr: stdout });
  if (code !== 0) throw new Error(`${EXAMPLE} cannot be drawn: exit ${code}\n${printed}`);
  return [['docs/diagram.svg', printed]];
}
