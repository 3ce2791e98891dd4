import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensure, folder, maestro, ROOT, run, succeed } from '../support.mjs';

const PRE_COMMIT = 'pre-commit==4.6.2';

const PERSON = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
const ENV = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };

const CLEAN = `maestro: 1
system: { name: desk }
agents:
  trader:
    autonomy: suggest
`;
const BAD = CLEAN.replace('suggest', 'autonomous');

export const checks = [
  {
    name: 'pre-commit try-repo passes on a clean repository, and fails on a bad one and on a deleted evidence file',
    run() {
      const program = installed();
      const hooks = workTree();
      const env = { ...ENV, PRE_COMMIT_HOME: join(folder(), 'cache') };
      const hook = (cwd, ...args) =>
        run(program, ['try-repo', hooks, 'maestro', '--verbose', ...args], { cwd, env, minutes: 8 });

      const clean = repository({ 'maestro.yaml': CLEAN, 'notes.txt': 'x' });
      const passes = hook(clean, '--all-files');
      ensure(passes.code === 0, `a clean repository fails:\n${passes.stdout}\n${passes.stderr}`);
      ensure(/checked 1 component/.test(passes.stdout), `nothing was checked:\n${passes.stdout}`);

      writeFileSync(join(clean, 'maestro.yaml'), BAD);
      git(clean, 'add', '.');
      const fails = hook(clean);
      ensure(fails.code === 1, `a bad repository ends with ${fails.code}:\n${fails.stdout}\n${fails.stderr}`);
      ensure(/kill-switch-missing/.test(fails.stdout), `the finding is not shown:\n${fails.stdout}`);

      const evident = repository({
        'maestro.yaml': EVIDENT,
        'maestro.config.yaml': 'config: 1\nfail_on: medium\n',
        'tests/stop.py': 'def test_stop(): pass\n',
      });
      ensure(maestro(['lint'], { cwd: evident }).code === 0, 'a repository with evidence is not clean');
      git(evident, 'rm', '--quiet', 'tests/stop.py');
      const gone = hook(evident);
      ensure(
        gone.code === 1 && /evidence-missing/.test(gone.stdout),
        `evidence may be deleted:\n${gone.stdout}\n${gone.stderr}`,
      );
    },
  },
];

/** A clean agent whose kill switch a test proves. */
const EVIDENT = `maestro: 1
system: { name: desk }
agents:
  trader:
    autonomy: autonomous
    controls:
      kill_switch: { evidence: { file: tests/stop.py } }
`;

/** The program, in an environment of its own. */
function installed() {
  const place = folder();
  succeed('python3', ['-m', 'venv', place]);
  succeed(join(place, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', PRE_COMMIT], {
    minutes: 5,
  });
  return join(place, 'bin/pre-commit');
}

/** What is in the work tree now, committed to a repository of its own: pre-commit takes hooks from commits. */
function workTree() {
  const { stdout } = succeed('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  const copy = folder();
  for (const path of stdout.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(ROOT, path), join(copy, path), { force: true });
  }
  rmSync(join(copy, 'test'), { recursive: true, force: true });
  return committed(copy);
}

const repository = (files) => committed(folder(files));

function committed(path) {
  git(path, 'init', '--quiet', '--initial-branch=main');
  git(path, 'add', '--all');
  git(path, 'commit', '--quiet', '--message=all');
  return path;
}

const git = (cwd, ...args) => succeed('git', [...PERSON, ...args], { cwd, env: ENV });
