import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensure, folder, maestro, ROOT } from './support.mjs';

/** Names that somebody could choose to break a picture: markup, keywords and escapes of its formats, and scripts. */
export const NAMES = [
  '"double" \'single\' `back`',
  '[x](y) {z} ((o)) [[m]] {{h}}',
  'a; b; end; c',
  'subgraph end',
  '%% comment',
  '%%{init: {"theme":"dark"}}%%',
  '**b** _e_ ~~s~~ __u__',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</svg></title><b>x</b>]]',
  '&lt; &amp; &#60; &quot; &nbsp;',
  '#quot; #35; #lt; #x;',
  'fa:fa-car fab:fa-github',
  '$$e=mc^2$$ $$ $$$',
  'a \\n b \\N \\\\ c\\',
  'style x:#f00; y',
  'classDef y:#quot;z;',
  'linkStyle 0 stroke:#f00;',
  'click n1 "javascript:alert(1)"',
  '==>|x| --- -.-x o--o <--x',
  ':::class @{ shape: x } ~~~',
  'ﬂ°°60¶ß ﬂ°lt¶ß',
  '1. list',
  '- item + item * item',
  '# heading',
  '🤖 👩‍👩‍👧 ☎',
  'שלום; "עולם" [x]',
  'مرحبا; "بالعالم" {2}',
  '表示 ツール 도구',
  'é ﷽ ไทย हिन्दी',
];

const HOSTILE = `maestro: 1
system: { name: ${JSON.stringify(NAMES.join(' '))} }
boundaries:
  end: { trust: untrusted }
  subgraph: { trust: internal, within: end }
  גבול: { trust: restricted, within: subgraph }
actors: { click: { kind: content, boundary: end }, graph: { kind: user, boundary: end, auth: none } }
data: { style: { kind: database, contains: [pii] }, class: {}, linkStyle: {} }
models: { default: {} }
agents:
  o: { serves: [graph, click], reads: [style, class], models: default, boundary: subgraph, tools: [n1] }
  x: { boundary: גבול, reads: مرحبا_بالعالم }
  ${'very_long_'.repeat(20)}: { reads: style }
${NAMES.map((name, i) => `  named_${i}: { name: ${JSON.stringify(name)}, boundary: end, reads: { style: { protocol: ${JSON.stringify(name)} } } }`).join('\n')}
tools: { n1: { kind: shell, exposure: public, publisher: community, actions: { end: {}, "run_多語": {} } } }
ecosystem: { مرحبا_بالعالم: { boundary: end } }
flows:
${NAMES.map((name, i) => `  - { from: click, to: named_${i}, protocol: ${JSON.stringify(name)} }`).join('\n')}
`;

/** More than one picture holds, all of it joined. */
function large() {
  const agents = Array.from(
    { length: 600 },
    (_, i) => `  agent_${i}: { reads: [a, b], delegates_to: agent_${(i + 1) % 600} }`,
  );
  return `maestro: 1\nsystem: { name: large }\ndata: { a: {}, b: {} }\nagents:\n${agents.join('\n')}\n`;
}

/** Every example, a description with names of the kind above, and one too large: its name and its picture. */
export function drawings(format) {
  const examples = readdirSync(join(ROOT, 'examples'), { recursive: true })
    .filter((path) => path.endsWith('maestro.yaml'))
    .map((path) => join('examples', path));
  ensure(examples.length > 0, 'there is no description below examples/');
  const own = folder({ 'hostile.maestro.yaml': HOSTILE, 'large.maestro.yaml': large() });
  return [
    ...examples.map((path) => [path, ROOT]),
    ['hostile.maestro.yaml', own],
    ['large.maestro.yaml', own],
  ].map(([name, cwd]) => {
    const args = ['graph', name, '--findings', '--profile', 'strict', '--format', format];
    const { code, stdout, stderr } = maestro(args, { cwd });
    ensure(code === 0, `graph ${name} ended with ${code}\n${stderr}`);
    return { name, text: stdout };
  });
}
