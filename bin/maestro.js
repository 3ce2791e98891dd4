#!/usr/bin/env node
const { join } = require('node:path');
const { run } = require('../dist/maestro.js');

run(join(__dirname, '..')).then((code) => {
  process.exitCode = code;
});
