#!/usr/bin/env node
// Node 22 and later keep compiled code in their own cache: a tenth of a start that is not the first.
require('node:module').enableCompileCache?.();
// V8 of Node 20 gives a function to its slow compiler after little use, on threads that a runner with few cores does
// not have: waiting nine times longer saves a fifth of a lint of 1,000 components. Later ones have a quick compiler in between.
if (process.versions.v8.startsWith('11.')) require('node:v8').setFlagsFromString('--interrupt-budget=600000');

const { join } = require('node:path');
const { runQuick } = require('../dist/quick.js');

const home = join(__dirname, '..');
runQuick(home)
  .then((code) => code ?? require('../dist/maestro.js').run(home))
  .then((code) => {
    process.exitCode = code;
  });
