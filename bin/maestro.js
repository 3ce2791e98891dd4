#!/usr/bin/env node
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

// Code that is compiled once: Node 22 and later do it themselves.
enableCompileCache?.();
const quick = join(__dirname, '../dist/quick.js');
const { runQuick } = enableCompileCache ? require(quick) : require('./compiled.js').load(quick);

const home = join(__dirname, '..');
runQuick(home)
  .then((code) => code ?? require('../dist/maestro.js').run(home))
  .then((code) => {
    process.exitCode = code;
  });
