import { instance } from '@viz-js/viz';
import { drawings, NAMES } from '../drawings.mjs';
import { ensure } from '../support.mjs';

export const checks = [
  {
    name: 'Graphviz lays out every example and hostile names, and shows what is written',
    async run() {
      const viz = await instance();
      for (const { name, text } of drawings('dot')) {
        const { status, output, errors } = viz.render(text, { format: 'svg' });
        ensure(status === 'success', `${name}: ${JSON.stringify(errors)}`);
        // Warnings are about fonts that this build of Graphviz has no widths of.
        ensure(!errors.some(({ level }) => level === 'error'), `${name}: ${JSON.stringify(errors)}`);
        const shown = [...output.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, inner]) => decoded(inner));
        ensure(shown.length > 2, `${name} shows ${shown.length} texts`);
        if (!name.startsWith('hostile')) continue;
        for (const each of NAMES) ensure(shown.includes(each), `${name} does not show ${each}`);
      }
    },
  },
];

/** The text that Graphviz' own output stands for: it writes some characters as numbers. */
const decoded = (text) =>
  text
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('\u00a0', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
