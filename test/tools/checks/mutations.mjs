import { fork } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { wall } from '../../../bench/measure.mjs';
import { bundledMutation } from '../mutation.mjs';
import { ensure, folder, ROOT } from '../support.mjs';

const MUTANTS = Number(process.env.MUTANTS ?? 20_000);
/** The most that one mutant may take, in milliseconds of the processor, where Node itself starts in `BARE`. */
const MOST = 1000;
/** Milliseconds of a Node 20 that does nothing, on the machine that MOST was set on: one that gives half may take double. */
const BARE = 63;
/** A process that says nothing for so many milliseconds hangs. */
const SILENT = 20_000;
/** How many of a hundred mutants have to be read to the end: the others say nothing about rules. */
const READ = 30;

export const checks = [
  {
    name: '20,000 mutated descriptions: no crash, no hang, and no report that is wrong about itself',
    run: () => tryAll('description'),
  },
  { name: '20,000 mutated rule files: no crash and no hang', run: () => tryAll('rule') },
];

/** Two processes at a time, each with half of the mutants; what was slow or hung is tried once more, alone. */
async function tryAll(kind) {
  const bundle = await bundledMutation();
  const half = MUTANTS / 2;
  const halves = [range(bundle, kind, 1, half), range(bundle, kind, half + 1, MUTANTS)];
  const trials = (await Promise.all(halves)).flat();
  const slow = [];
  for (const { seed } of trials.filter(isSlow)) {
    const most = MOST * slowness();
    slow.push(...(await range(bundle, kind, seed, seed)).filter(({ ms, hangs }) => hangs || ms > most));
  }
  const { STAGES } = await import(pathToFileURL(bundle));
  const share = (stage) =>
    Math.round((100 * trials.filter((trial) => trial.stage === stage).length) / MUTANTS);
  const slowest = Math.round(Math.max(...trials.map(({ ms }) => ms)));
  console.log(
    `     ${STAGES.map((stage) => `${share(stage)} % ${stage}`).join(', ')}; slowest ${slowest} ms`,
  );
  const wrong = [
    ...trials.filter((trial) => trial.wrong !== null),
    ...slow.map((trial) => ({ ...trial, wrong: trial.hangs ? 'hangs' : `takes ${Math.round(trial.ms)} ms` })),
  ];
  ensure(
    wrong.length === 0,
    `${wrong.length} of ${MUTANTS}:\n${wrong
      .slice(0, 10)
      .map((each) => line(kind, each))
      .join('\n')}`,
  );
  ensure(trials.length === MUTANTS, `${trials.length} mutants were tried`);
  ensure(share('read') >= READ, `only ${share('read')} % of the mutants are read to the end`);
}

/** How many times longer than BARE this machine takes now, as its quickest of several starts says; never less than 1. */
function slowness() {
  const starts = Array.from({ length: 9 }, () => wall(process.execPath, ['-e', '0'], ROOT));
  return Math.max(1, Math.min(...starts) / BARE);
}

const isSlow = ({ ms, hangs }) => hangs || ms > MOST;

const line = (kind, { seed, wrong }) =>
  `node test/tools/mutant.mjs ${kind} ${seed} prints one that went wrong: ${wrong}`;

/** Tries these mutants in a process of its own; after one that hangs or ends the process, the rest in another. */
async function range(bundle, kind, first, last) {
  const trials = [];
  while (trials.length <= last - first) {
    const { done, failure } = await tryInProcess(bundle, kind, first + trials.length, last);
    trials.push(...done);
    if (trials.length > last - first) break;
    const lost = { seed: first + trials.length, ms: 0, stage: 'refused' };
    trials.push({ ...lost, wrong: failure, hangs: failure === null });
  }
  return trials;
}

/** Gives what was tried; `failure` is null for a process that was killed because it hung. */
function tryInProcess(bundle, kind, first, last) {
  const done = [];
  let said = '';
  let failure = '';
  const child = fork(join(ROOT, 'test/tools/mutation-worker.mjs'), [bundle, folder(), kind, first, last], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const kill = () => {
    failure = null;
    child.kill('SIGKILL');
  };
  let timer = setTimeout(kill, SILENT);
  child.stderr.on('data', (data) => {
    said += data;
  });
  child.on('message', (trial) => {
    done.push(trial);
    clearTimeout(timer);
    timer = setTimeout(kill, SILENT);
  });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ done, failure: failure === null ? null : `the process ended with ${code}\n${said}` });
    });
  });
}
