import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';

// Runs on Node 24, as jsdom asks for: reads every picture of the JSON file that is named with a strict XML parser, and
// prints what is in it.
const { DOMParser } = new JSDOM('').window;
const read = JSON.parse(readFileSync(process.argv[2], 'utf8')).map(({ name, text }) => {
  try {
    const all = [...new DOMParser().parseFromString(text, 'image/svg+xml').querySelectorAll('*')];
    return {
      name,
      tags: [...new Set(all.map((each) => each.localName))],
      attributes: [...new Set(all.flatMap((each) => each.getAttributeNames()))],
      texts: all.filter((each) => each.localName === 'text').map((each) => each.textContent),
    };
  } catch (error) {
    return { name, error: String(error.message ?? error) };
  }
});
console.log(JSON.stringify(read));
