import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { packagedSchema } from '../install.mjs';
import { ensure } from '../support.mjs';
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
