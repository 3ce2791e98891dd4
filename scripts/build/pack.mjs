import { readdirSync, readFileSync } from 'node:fs';
import { root } from './root.mjs';
import { fromSource } from './source.mjs';

/** The built-in rules and the threat catalogue as JavaScript modules. Throws with every mistake in the rule files. */
export async function packModules() {
  const program = await fromSource('pack-entry');
  const files = readdirSync(`${root}rules`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `rules/${name.replaceAll('\\', '/')}`)
    .sort()
    .map((path) => ({ path, text: readFileSync(root + path, 'utf8') }));
  const text = (name) => files.find(({ path }) => path === `rules/${name}.yaml`).text;
  const { source, quick, problems } = program.packSource(files);
  if (problems.length > 0) throw new Error(problems.map(line).join('\n'));
  const threats = program.readThreats(text('threats'));
  const frameworks = program.readFrameworks(text('frameworks'));
  const criteria = program.readCriteria(text('criteria'));
  const parts = Object.entries({ threats, frameworks, criteria });
  const constants = parts.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`);
  const catalogue = `// Generated from rules/threats.yaml, rules/frameworks.yaml and rules/criteria.yaml.\n${constants.join('')}`;
  return { pack: source, quickPack: quick, catalogue };
}

const line = ({ file, location, message, suggestion }) =>
  `${file}:${location?.line ?? 1}:${location?.column ?? 1} ${message}${suggestion ? ` (${suggestion})` : ''}`;
