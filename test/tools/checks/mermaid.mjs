import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawings, NAMES } from '../drawings.mjs';
import { node24 } from '../install.mjs';
import { ensure, folder, succeed } from '../support.mjs';

/** What a host leaves at its own setting (mermaid's `maxTextSize` and `maxEdges`). */
const MOST_CHARACTERS = 50_000;
const MOST_EDGES = 500;
/** All that a label is made of. */
const TAGS = ['<div', '<span', '<p', '<b', '<small', '<i', '<br'];

export const checks = [
  {
    name: 'Mermaid draws every example and hostile names, and shows what is written',
    run() {
      const pictures = drawings('mermaid');
      for (const { name, text } of pictures) {
        ensure(text.length < MOST_CHARACTERS, `${name} has ${text.length} characters`);
        const edges = text.match(/^ {2}n\d+ \S*[-.]/gm)?.length ?? 0;
        ensure(edges > 0 && edges < MOST_EDGES, `${name} has ${edges} edges`);
      }
      const drawn = drawnBy(pictures);
      ensure(drawn.length === pictures.length, `${drawn.length} of ${pictures.length} were drawn`);
      for (const { name, error, diagramType, labels, tags } of drawn) {
        ensure(error === undefined, `${name}: ${error}`);
        ensure(diagramType.startsWith('flowchart'), `${name} is a ${diagramType}`);
        ensure(labels.length > 2, `${name} has ${labels.length} labels`);
        const others = labels.flatMap((label) => label.tags).filter((tag) => !TAGS.includes(tag));
        ensure(others.length === 0, `a label of ${name} holds ${others.join(' ')}`);
        ensure(!tags.some((tag) => ['script', 'img', 'a', 'iframe'].includes(tag)), `${name} holds ${tags}`);
      }
      for (const { name, labels } of drawn.filter((each) => each.name.startsWith('hostile'))) {
        const lines = labels.flatMap((label) => label.lines).map((line) => line.replaceAll('\u200b', ''));
        for (const each of NAMES) ensure(lines.includes(each), `${name} does not show ${each}`);
      }
    },
  },
];

function drawnBy(pictures) {
  const place = folder({ 'pictures.json': JSON.stringify(pictures) });
  const page = fileURLToPath(new URL('../mermaid-page.mjs', import.meta.url));
  const { stdout } = succeed(node24(), [page, join(place, 'pictures.json')], { minutes: 5 });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1));
}
