import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawings, NAMES } from '../drawings.mjs';
import { node24 } from '../install.mjs';
import { ensure, folder, succeed } from '../support.mjs';

/** All that a picture is made of: nothing runs, nothing is fetched, nothing leads elsewhere. */
const TAGS = ['svg', 'title', 'desc', 'style', 'rect', 'g', 'path', 'circle', 'text'];

export const checks = [
  {
    name: 'SVG of every example and hostile names is strict XML without anything active',
    run() {
      const pictures = drawings('svg');
      const place = folder({ 'pictures.json': JSON.stringify(pictures) });
      const page = fileURLToPath(new URL('../svg-page.mjs', import.meta.url));
      const { stdout } = succeed(node24(), [page, join(place, 'pictures.json')], { minutes: 2 });
      for (const { name, error, tags, attributes, texts } of JSON.parse(stdout)) {
        ensure(error === undefined, `${name}: ${error}`);
        const others = tags.filter((tag) => !TAGS.includes(tag));
        ensure(others.length === 0, `${name} holds ${others.join(' ')}`);
        ensure(!attributes.some((each) => /^on|href|src/i.test(each)), `${name} has ${attributes.join(' ')}`);
        ensure(texts.length > 10, `${name} shows ${texts.length} texts`);
        if (!name.startsWith('hostile')) continue;
        for (const each of NAMES) ensure(texts.includes(each), `${name} does not show ${each}`);
      }
      for (const { name, text } of pictures)
        ensure(!/url\(|@import|<!/.test(text), `${name} loads something`);
    },
  },
];
