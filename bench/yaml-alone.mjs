// Does nothing but parse the file it is given with `yaml`; prints for how many milliseconds.
import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';

const text = readFileSync(process.argv[2], 'utf8');
const started = performance.now();
parseDocument(text, { uniqueKeys: false });
process.stdout.write(String(performance.now() - started));
