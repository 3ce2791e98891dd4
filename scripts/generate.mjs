import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { languageModule } from './build/language.mjs';
import { packModules } from './build/pack.mjs';
import { root } from './build/root.mjs';
import { validatorModules } from './build/validators.mjs';

// Makes everything under build/ from schemas/, rules/ and package.json. Nothing of it is committed.
const build = `${root}build/`;
const write = (name, text) => writeFileSync(build + name, text);

mkdirSync(`${build}tmp`, { recursive: true });
write('about.ts', aboutModule());
write('language.ts', languageModule());
for (const { name, source, types } of validatorModules()) {
  write(`${name}.js`, source);
  write(`${name}.d.ts`, types);
}
const { pack, quickPack, catalogue } = await packModules();
write('pack.js', pack);
write('pack-quick.js', quickPack);
write('pack.d.ts', 'export declare const pack: (runtime: object, functions: object) => unknown;\n');
write('catalogue.js', catalogue);
write(
  'catalogue.d.ts',
  "export declare const threats: import('../src/rules/threats.ts').Threat[];\nexport declare const frameworks: import('../src/rules/threats.ts').Framework[];\nexport declare const criteria: import('../src/rules/criteria.ts').Criterion[];\n",
);

/** The one place that turns package.json into constants of the program. */
function aboutModule() {
  const { version, repository } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const address = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
  return `export const ABOUT = ${JSON.stringify({ version, repository: address })};\n`;
}
