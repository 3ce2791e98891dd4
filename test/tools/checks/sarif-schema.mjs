import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { packagedSchema } from '../install.mjs';
import { ensure, folder, maestro } from '../support.mjs';
import { sarifReports, WRONG } from './sarif-reports.mjs';

export const checks = [
  {
    name: 'SARIF passes the OASIS schema (2.1.0, errata 01)',
    run() {
      const validate = oasisValidator();
      ensure(!validate(WRONG), 'the schema has nothing against a wrong report');
      for (const { name, log } of sarifReports()) {
        ensure(validate(log), `SARIF of ${name}: ${JSON.stringify(validate.errors?.slice(0, 5), null, 2)}`);
      }
    },
  },
  {
    name: '30,000 findings become 25,000 results, the worst, with a note, within what GitHub takes',
    run() {
      const agents = Array.from({ length: 30_000 }, (_, i) => `  a${i}: { autonomy: autonomous }\n`).join('');
      const cwd = folder({ 'maestro.yaml': `maestro: 1\nsystem: { name: many }\nagents:\n${agents}` });
      const { code, stderr } = maestro(
        ['lint', 'maestro.yaml', '--fail-on', 'never', '--format', 'sarif', '--output', 'many.sarif'],
        { cwd },
      );
      ensure(code === 0, stderr);
      const text = readFileSync(join(cwd, 'many.sarif'));
      const log = JSON.parse(text);
      const validate = oasisValidator();
      ensure(validate(log), JSON.stringify(validate.errors?.slice(0, 5), null, 2));
      const [{ results, invocations }] = log.runs;
      ensure(results.length === 25_000, `${results.length} results`);
      const [note] = invocations[0].toolExecutionNotifications;
      ensure(/^30\d\d\d findings, of which/.test(note.message.text), note.message.text);
      ensure(gzipSync(text).length < 10_000_000, 'larger than 10 MB packed');
    },
  },
];

/**
 * Microsoft ships the schema in the draft 2020-12 dialect. Beside dialect and identifier it says what errata 01 of OASIS says
 * (an enum's `type: string` follows from its values), except for the two places that are put back here and for
 * `runs: null`, which it refuses. Compared key by key when this was written; a new version has to be compared again.
 */
function oasisValidator() {
  const schema = JSON.parse(readFileSync(packagedSchema(), 'utf8'));
  schema.definitions.region.anyOf = ['startLine', 'charOffset', 'byteOffset'].map((key) => ({
    required: [key],
  }));
  for (const { properties } of Object.values(schema.definitions)) {
    for (const value of Object.values(properties ?? {})) if (value.format === 'uuid') value.pattern = GUID;
  }
  const ajv = new Ajv.default({ strict: false, allErrors: true });
  formats.default(ajv);
  return ajv.compile(schema);
}

const GUID = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$';
