/**
 * How much memory reading a repository needs, and whether ten times the files fit into little more:
 *
 *   node bench/discover-memory.mjs [copies]
 *   node bench/discover-memory.mjs <folder> …
 *
 * Looks for the smallest heap (in whole MB) in which `maestro init --stdout` reads the files; then ten times as many have
 * to succeed twice with 1.3 times that heap. The same for `maestro drift`.
 *
 * - Folders: ten copies of each beside each other, and drift holds both against the drafts of their own.
 * - Without: `copies` services (100 unless said), each with agents, tools and a compose file of its own, beside folders
 *   that are skipped, with a file for every tenth service in each. Drift holds them against the draft of the first service
 *   alone: all other components are differences, ten times as many.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const MAESTRO = join(import.meta.dirname, '../bin/maestro.js');
const LEAST = 8;
const MOST = 256;
const COMMANDS = {
  init: ['init', '--stdout', '--yes'],
  drift: ['drift', '--fail-on', 'never', '-f', 'json'],
};
const folders = process.argv
  .slice(2)
  .filter((each) => statSync(each, { throwIfNoEntry: false })?.isDirectory());
const folder = mkdtempSync(join(tmpdir(), 'maestro-memory-'));
try {
  if (folders.length === 0) services(Number(process.argv[2] ?? 100));
  for (const each of folders) tenfold(each);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function services(copies) {
  const [one, ten, first] = ['one', 'ten', 'first'].map((name) => join(folder, name));
  made(one, copies);
  made(ten, copies * 10);
  made(first, 1);
  const draft = run(first, MOST, COMMANDS.init).stdout;
  compare('init', `${copies} services`, one, ten);
  for (const path of [one, ten]) write(path, 'maestro.yaml', draft);
  compare('drift', `${copies} services`, one, ten);
}

function tenfold(path) {
  const [one, ten] = ['one', 'ten'].map((name) => join(folder, basename(path), name));
  cpSync(path, one, { recursive: true });
  for (let i = 0; i < 10; i++) cpSync(path, join(ten, `copy${i}`), { recursive: true });
  compare('init', basename(path), one, ten);
  for (const each of [one, ten]) write(each, 'maestro.yaml', run(each, MOST, COMMANDS.init).stdout);
  compare('drift', basename(path), one, ten);
  rmSync(join(folder, basename(path)), { recursive: true });
}

function compare(command, name, one, ten) {
  const smallest = smallestHeap(one, command);
  const most = Math.floor(smallest * 1.3);
  const succeeds = suffices(ten, most, command) && suffices(ten, most, command);
  const needed = succeeds ? 'ok' : `failed, need ${smallestHeap(ten, command)} MB`;
  console.log(`${command}: ${name}: ${smallest} MB suffice; ten times as many with ${most} MB: ${needed}`);
  if (!succeeds) process.exitCode = 1;
}

function smallestHeap(path, command) {
  let [low, high] = [LEAST, MOST];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (suffices(path, middle, command)) high = middle;
    else low = middle;
  }
  return high;
}

function suffices(path, megabytes, command) {
  return run(path, megabytes, COMMANDS[command]).status === 0;
}

function run(path, megabytes, command) {
  const args = [`--max-old-space-size=${megabytes}`, MAESTRO, ...command];
  return spawnSync(process.execPath, args, { cwd: path, encoding: 'utf8', maxBuffer: 1 << 29 });
}

function made(path, count) {
  for (let i = 0; i < count; i++)
    for (const [name, text] of Object.entries(service(i))) write(path, name, text);
  for (const skipped of ['node_modules/x', 'dist', 'tests', 'vendor'])
    for (let i = 0; i < count / 10; i++)
      write(path, `${skipped}/agent${i}.py`, service(i)[`services/s${i}/team.py`]);
}

function write(root, name, text) {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A service as people write them: what matters is a small part of the text. */
function service(i) {
  const work = Array.from({ length: 60 }, (_, n) => {
    return `def step_${n}(rows: list[dict], limit: int = ${n}) -> list[dict]:\n    kept = [row for row in rows if row.get("n", 0) > limit]\n    for row in kept:\n        row["seen"] = str(row.get("seen", "")) + f"{limit}"\n    return sorted(kept, key=lambda row: row["n"])\n`;
  }).join('\n\n');
  return {
    [`services/s${i}/team.py`]: `from agents import Agent, function_tool\n\nfrom .work import step_1\n\n\n@function_tool\ndef look_up_${i}(name: str) -> str:\n    return str(step_1([], 3))\n\n\ndesk_${i} = Agent(name="desk ${i}", model="gpt-4o-2024-08-06", tools=[look_up_${i}])\n`,
    [`services/s${i}/work.py`]: `${work}\n`,
    [`services/s${i}/agents_work.py`]: `from agents import Agent\n\n${work}\n\nclerk_${i} = Agent(name="clerk ${i}", model="gpt-4o-2024-08-06")\n`,
    [`services/s${i}/compose.yaml`]: `services:\n  db${i}:\n    image: postgres:16\n    environment:\n      POSTGRES_DB: d${i}\n`,
  };
}
