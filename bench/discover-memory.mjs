/**
 * How much memory reading a repository needs, and whether ten times the files fit into little more:
 *
 *   node bench/discover-memory.mjs [copies]
 *
 * Looks for the smallest heap (to 2 MB) in which `maestro init --stdout` reads `copies` services (100 unless said), each
 * with agents, tools and a compose file of its own, beside folders that are skipped, with a file for every tenth service
 * in each. Then ten times as many have to succeed with 1.3 times that heap. The same for `maestro drift`, which holds
 * them against the draft of the first service alone: all other components are differences.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const MAESTRO = join(import.meta.dirname, '../bin/maestro.js');
const STEP = 2;
const COMMANDS = {
  init: ['init', '--stdout', '--yes'],
  drift: ['drift', '--fail-on', 'never', '-f', 'json'],
};
const copies = Number(process.argv[2] ?? 100);
const folder = mkdtempSync(join(tmpdir(), 'maestro-memory-'));
try {
  const one = made(join(folder, 'one'), copies);
  const ten = made(join(folder, 'ten'), copies * 10);
  const first = made(join(folder, 'first'), 1);
  const draft = run(first, 512, COMMANDS.init).stdout;
  for (const [name, command] of Object.entries(COMMANDS)) {
    if (name === 'drift') for (const path of [one, ten]) write(path, 'maestro.yaml', draft);
    const smallest = smallestHeap(one, command);
    const most = Math.floor(smallest * 1.3);
    console.log(`${name}: ${copies} services: ${smallest} MB suffice`);
    const succeeds = run(ten, most, command).status === 0;
    console.log(`${name}: ${copies * 10} services with ${most} MB: ${succeeds ? 'ok' : 'failed'}`);
    if (succeeds) continue;
    console.log(`${name}: ${copies * 10} services need ${smallestHeap(ten, command)} MB`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function smallestHeap(path, command) {
  let [low, high] = [8, 2048];
  while (high - low > STEP) {
    const middle = Math.floor((low + high) / 2);
    if (run(path, middle, command).status === 0) high = middle;
    else low = middle;
  }
  return high;
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
  return path;
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
