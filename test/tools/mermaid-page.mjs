import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';

// Runs on Node 24, as mermaid and jsdom ask for: draws every picture of the JSON file that is named, in a page without
// a browser, and prints what stands in its labels. Sizes are made up; nobody looks at where things are.
const { window } = new JSDOM('<!doctype html><body></body>', {
  url: 'http://localhost/',
  pretendToBeVisual: true,
});
const size = () => ({ x: 0, y: 0, width: 120, height: 40 });
window.SVGElement.prototype.getBBox = size;
window.SVGElement.prototype.getComputedTextLength = () => 120;
for (const name of Object.getOwnPropertyNames(window))
  if (!(name in globalThis)) globalThis[name] = window[name];
globalThis.window = window;

const { default: mermaid } = await import('mermaid');
mermaid.initialize({ startOnLoad: false });
const drawn = [];
for (const { name, text } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  try {
    const { diagramType } = await mermaid.parse(text);
    const { svg } = await mermaid.render('picture', text);
    const page = new window.DOMParser().parseFromString(svg, 'text/html');
    const labels = [...page.querySelectorAll('foreignObject')].map(({ textContent, innerHTML }) => ({
      text: textContent,
      tags: [...new Set(innerHTML.match(/<\w+/g) ?? [])],
      lines: [...(innerHTML.match(/<(?:b|small|i)>.*?<\/(?:b|small|i)>/g) ?? [])].map(shown),
    }));
    const tags = [...new Set([...page.querySelectorAll('svg *')].map((each) => each.localName))];
    drawn.push({ name, diagramType, labels, tags });
  } catch (error) {
    drawn.push({ name, error: String(error?.message ?? error) });
  }
}
console.log(JSON.stringify(drawn));

/** The text of a line of a label, as a reader sees it. */
function shown(html) {
  const place = window.document.createElement('p');
  place.innerHTML = html;
  return place.textContent;
}
