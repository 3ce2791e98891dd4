import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NAMES } from '../drawings.mjs';
import { node24 } from '../install.mjs';
import { ensure, folder, maestro, ROOT, succeed } from '../support.mjs';

/** A system with an attack path, in names of somebody's choice. */
const system = (name, description = name) => `maestro: 1
system: { name: ${JSON.stringify(name)} }
boundaries: { internet: { trust: untrusted } }
actors: { stranger: { kind: content, boundary: internet, name: ${JSON.stringify(name)} } }
data: { inbox: { kind: files, boundary: internet, name: ${JSON.stringify(name)} } }
agents:
  helper: { autonomy: autonomous, reads: inbox, serves: stranger, name: ${JSON.stringify(name)}, tools: { runner: { actions: [run] } } }
tools: { runner: { kind: code-interpreter, actions: { run: { effect: execute, description: ${JSON.stringify(description)} } } } }
`;

const hostile = () =>
  folder(Object.fromEntries(NAMES.map((name, i) => [`n${i}/maestro.yaml`, system(`${i} ${name}`)])));

function reports(cwd, args) {
  const formats = ['json', 'junit', 'markdown', 'gitlab', 'github'];
  const argv = formats.flatMap((format) => ['--format', format, '--output', `reports/${format}`]);
  const { code, stderr } = maestro(['lint', ...args, ...argv], { cwd });
  ensure(code === 0 || code === 1, `lint ended with ${code}\n${stderr}`);
  const file = (format) => join(cwd, 'reports', format);
  const json = JSON.parse(readFileSync(file('json'), 'utf8'));
  return { file, json, text: (format) => readFileSync(file(format), 'utf8') };
}

function sources() {
  const own = folder();
  const broken = folder({
    'a/maestro.yaml': system('fine'),
    'clean/maestro.yaml': 'maestro: 1\nsystem: { name: c }\n',
  });
  return [
    ['examples', reports(own, [join(ROOT, 'examples'), '--profile', 'strict'])],
    ['hostile names', reports(hostile(), ['.', '--profile', 'strict'])],
    ['a clean system', reports(broken, ['.'])],
  ];
}

export const checks = [
  {
    name: "JUnit reports fit the schema of Jenkins' reader, and another reader counts what we count",
    run() {
      const all = sources();
      const reader = fileURLToPath(new URL('../junit-reader.mjs', import.meta.url));
      const { stdout } = succeed(node24(), [reader, ...all.map(([, { file }]) => file('junit'))], {
        minutes: 3,
      });
      const read = JSON.parse(stdout.trimEnd().split('\n').at(-1));
      all.forEach(([name, { json }], i) => {
        const { valid, errors, failed, total, cases } = read[i];
        ensure(valid, `${name}: ${JSON.stringify(errors).slice(0, 2000)}`);
        ensure(
          failed === json.summary.findings.total,
          `${name}: ${failed} failures of ${json.summary.findings.total} findings`,
        );
        ensure(total > failed, `${name}: nothing but failures`);
        const names = new Set(cases.map((each) => `${each.suite}\n${each.name}`));
        ensure(names.size === cases.length, `${name}: ${cases.length - names.size} cases share a name`);
        for (const { status, failure } of cases)
          ensure(
            status !== 'FAIL' || /^(critical|high|medium|low): /.test(failure),
            `${name}: a failure without words: ${failure}`,
          );
      });
    },
  },
  {
    name: 'Mermaid draws the pictures of Markdown reports',
    run() {
      const pictures = sources().flatMap(([name, { text }]) =>
        [...text('markdown').matchAll(/^```mermaid\n(.*?)^```$/gms)].map(([, picture], i) => ({
          name: `${name} ${i}`,
          text: picture,
        })),
      );
      ensure(pictures.length > 1, `there are ${pictures.length} pictures`);
      const place = folder({ 'pictures.json': JSON.stringify(pictures) });
      const page = fileURLToPath(new URL('../mermaid-page.mjs', import.meta.url));
      const { stdout } = succeed(node24(), [page, join(place, 'pictures.json')], { minutes: 5 });
      for (const { name, error, diagramType, labels, tags } of JSON.parse(
        stdout.trimEnd().split('\n').at(-1),
      )) {
        ensure(error === undefined, `${name}: ${error}`);
        ensure(diagramType.startsWith('flowchart') && labels.length > 2, `${name} is a ${diagramType}`);
        ensure(!tags.some((tag) => ['script', 'img', 'a', 'iframe'].includes(tag)), `${name} holds ${tags}`);
      }
    },
  },
];
