import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import './generate.mjs';
import { committed } from './build/committed.mjs';
import { root } from './build/root.mjs';

for (const [path, content] of await committed()) {
  mkdirSync(dirname(root + path), { recursive: true });
  writeFileSync(root + path, content);
}
