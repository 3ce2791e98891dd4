#!/usr/bin/env node
const { join } = require('node:path');
const { runQuick } = require('../dist/quick.js');

const home = join(__dirname, '..');
runQuick(home)
  .then((code) => code ?? require('../dist/maestro.js').run(home))
  .then((code) => {
    process.exitCode = code;
  });
