#!/usr/bin/env node
// Node 22 and later keep compiled code in their own cache: a tenth of a start that is not the first.
require('node:module').enableCompileCache?.();

const { join } = require('node:path');
const { runQuick } = require('../dist/quick.js');

const home = join(__dirname, '..');
runQuick(home)
  .then((code) => code ?? require('../dist/maestro.js').run(home))
  .then((code) => {
    process.exitCode = code;
  });
