#!/usr/bin/env node
import { run } from '../dist/maestro.js';

process.exitCode = await run();
