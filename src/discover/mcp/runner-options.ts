/** Options that name the package (`from`), and those that take the next word (`values`); all others stand for themselves. */
export interface RunnerOptions {
  readonly from: readonly string[];
  readonly values: readonly string[];
}

const NPX_VALUES = [
  '-c',
  '--call',
  '-w',
  '--workspace',
  '--prefix',
  '--registry',
  '--userconfig',
  '--cache',
  '-n',
];
const NPX_VALUES_LONG = ['--node-options', '--node-arg', '--loglevel', '--min-release-age', '--before'];
export const NPX = { from: ['-p', '--package'], values: [...NPX_VALUES, ...NPX_VALUES_LONG] };
export const UVX = {
  from: ['--from', '--spec'],
  values: [
    ...[
      '--with',
      '-w',
      '--with-editable',
      '--with-requirements',
      '--python',
      '-p',
      '--index-url',
      '-i',
      '--index',
    ],
    ...[
      '--extra-index-url',
      '--default-index',
      '--directory',
      '--project',
      '--env-file',
      '--cache-dir',
      '-b',
    ],
    ...[
      '--constraints',
      '-c',
      '--overrides',
      '--prerelease',
      '--resolution',
      '--exclude-newer',
      '--find-links',
      '-f',
    ],
    ...[
      '--refresh-package',
      '--index-strategy',
      '--link-mode',
      '--config-file',
      '--upgrade-package',
      '--pip-args',
    ],
    ...['--allow-insecure-host', '--keyring-provider', '--color', '-P', '--backend', '--torch-backend'],
  ],
};
export const DENO = {
  from: [],
  values: ['-c', '--config', '--import-map', '--lock', '--cert', '--env-file', '-L', '--location', '--seed'],
};

export const NUGET = { from: [], values: ['--source', '--configfile', '--add-source', '--verbosity', '-v'] };
/** Options of `docker run` that stand for themselves; every other takes the next word, unless it has its value in it. */
export const SWITCHES = [
  '--rm',
  '--interactive',
  '--tty',
  '--detach',
  '--init',
  '--privileged',
  '--read-only',
  '--help',
];
export const MORE_SWITCHES = [
  '--publish-all',
  '--sig-proxy',
  '--oom-kill-disable',
  '--no-healthcheck',
  '--quiet',
  '--replace',
];
export const SHORT_SWITCHES = /^-[itdPq]+$/;
