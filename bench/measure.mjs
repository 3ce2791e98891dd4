import { spawnSync } from 'node:child_process';

/** Runs one process after another in turn, `rounds` times after `warmups` that do not count; gives the median of each. */
export function interleaved(rounds, warmups, runs) {
  const times = runs.map(() => []);
  for (let round = -warmups; round < rounds; round++) {
    runs.forEach((run, i) => {
      const time = run();
      if (round >= 0) times[i].push(time);
    });
  }
  return times.map(median);
}

/** Milliseconds from before a process is started until it has ended. Throws if it did not end with 0. */
export function wall(node, args, cwd) {
  const started = performance.now();
  const { status, stderr, error } = spawnSync(node, args, {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  const time = performance.now() - started;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status ?? error}\n${stderr}`);
  return time;
}

/** Milliseconds that a process says about itself on standard output. */
export function reported(node, args, cwd) {
  const { status, stdout, stderr } = spawnSync(node, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}\n${stderr}`);
  return Number(stdout);
}

function median(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
