import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './build/root.mjs';

// Makes test/fixtures/github-openapi.json: what GitHub's own description says of the operations the Action uses.
// The package is 380 MB, so it is fetched into a temporary folder only when this runs.
const PACKAGE = '@octokit/openapi';
const VERSION = '23.0.2';
export const FIXTURE = `${root}test/fixtures/github-openapi.json`;

const OPERATIONS = [
  ['get', '/repos/{owner}/{repo}/issues/{issue_number}/comments'],
  ['post', '/repos/{owner}/{repo}/issues/{issue_number}/comments'],
  ['patch', '/repos/{owner}/{repo}/issues/comments/{comment_id}'],
  ['delete', '/repos/{owner}/{repo}/issues/comments/{comment_id}'],
  ['get', '/repos/{owner}/{repo}/pulls/{pull_number}'],
];

/** The text of the fixture, made anew from the package. */
export function githubOpenapi() {
  const folder = mkdtempSync(join(tmpdir(), 'github-openapi-'));
  try {
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--no-package-lock'];
    execFileSync('npm', ['install', '--prefix', folder, ...flags, `${PACKAGE}@${VERSION}`], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const home = join(folder, 'node_modules', PACKAGE);
    const read = (name) => JSON.parse(readFileSync(join(home, name), 'utf8'));
    const { version, license } = read('package.json');
    const made = extract(read('generated/api.github.com.json'));
    const source = { package: PACKAGE, version, license, copyright: 'Octokit contributors, GitHub' };
    return `${JSON.stringify({ source, ...made }, null, 1)}\n`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The operations with the components they need; prose and examples are left out. */
function extract(api) {
  const components = {};
  const paths = {};
  const take = (node) => {
    if (Array.isArray(node)) return node.map(take);
    if (node === null || typeof node !== 'object') return node;
    if (typeof node.$ref === 'string') {
      const [kind, name] = node.$ref.split('/').slice(2);
      components[kind] ??= {};
      if (!(name in components[kind])) {
        components[kind][name] = null;
        components[kind][name] = take(api.components[kind][name]);
      }
      return { $ref: node.$ref };
    }
    return Object.fromEntries(
      Object.entries(node).flatMap(([key, value]) => (isProse(key, value) ? [] : [[key, take(value)]])),
    );
  };
  for (const [method, path] of OPERATIONS) {
    const { operationId, parameters, requestBody, responses } = api.paths[path][method];
    const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    const content = good.map(([status, response]) => [status, { content: response.content ?? {} }]);
    paths[path] ??= {};
    paths[path][method] = take({
      operationId,
      parameters,
      ...(requestBody ? { requestBody } : {}),
      responses: Object.fromEntries(content),
    });
  }
  return { openapi: api.openapi, paths, components };
}

/** A property may be called `description` too: then its value is a schema. */
const isProse = (key, value) =>
  ['example', 'examples', 'externalDocs', 'x-github'].includes(key) ||
  (['description', 'title', 'summary'].includes(key) && typeof value === 'string');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(FIXTURE, githubOpenapi());
