import { PROFILES, type Profile, SEVERITIES, type Severity } from '../finding/severity.ts';
import { similar } from '../finding/similar.ts';

export const COMMENT_WHEN = ['auto', 'always', 'never'] as const;
export const POLICY_FROM = ['auto', 'base', 'head'] as const;

/** What a workflow wrote below `with:`; null where it wrote nothing. */
export interface Inputs {
  readonly paths: readonly string[];
  readonly config: string | null;
  readonly failOn: Severity | 'never' | null;
  readonly profile: Profile | null;
  readonly baseline: string | null;
  /** Hold the descriptions against the files of the checkout too. */
  readonly drift: boolean;
  readonly comment: (typeof COMMENT_WHEN)[number];
  /** Tells the comments of several runs on one pull request apart. */
  readonly commentKey: string;
  /** Where to write what a second workflow needs to post the comment. */
  readonly commentData: string | null;
  /** What a first workflow wrote there: then nothing is linted. */
  readonly commentFrom: string | null;
  readonly sarifFile: string;
  readonly baseRef: string | null;
  readonly policyFrom: (typeof POLICY_FROM)[number];
  readonly workingDirectory: string;
  readonly token: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Every input, in the order of action.yml. */
export const INPUT_NAMES = [
  'paths',
  'config',
  'fail-on',
  'profile',
  'baseline',
  'drift',
  'comment',
  'comment-key',
  'comment-data',
  'comment-from',
  'sarif-file',
  'base-ref',
  'policy-from',
  'working-directory',
  'token',
] as const;
export type InputName = (typeof INPUT_NAMES)[number];

/** The inputs as the runner hands them over (`INPUT_FAIL-ON`), or what is wrong with them, one sentence each. */
export function readInputs(env: Env): Inputs | readonly string[] {
  const wrong: string[] = [];
  const text = (name: InputName): string => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  const optional = (name: InputName): string | null => text(name) || null;
  const oneOf = <T extends string>(name: InputName, words: readonly T[]): T | null => {
    const word = optional(name);
    if (word === null || words.includes(word as T)) return word as T | null;
    const near = similar(word, words);
    wrong.push(`${name}: ${word} is none of ${words.join(', ')}${near ? `; did you mean ${near}?` : ''}`);
    return null;
  };
  const inputs: Inputs = {
    paths: text('paths')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    config: optional('config'),
    failOn: oneOf('fail-on', [...SEVERITIES, 'never'] as const),
    profile: oneOf('profile', PROFILES),
    baseline: optional('baseline'),
    drift: oneOf('drift', ['true', 'false'] as const) === 'true',
    comment: oneOf('comment', COMMENT_WHEN) ?? 'auto',
    commentKey: text('comment-key') || 'default',
    commentData: optional('comment-data'),
    commentFrom: optional('comment-from'),
    sarifFile: text('sarif-file') || 'maestro.sarif',
    baseRef: optional('base-ref'),
    policyFrom: oneOf('policy-from', POLICY_FROM) ?? 'auto',
    workingDirectory: text('working-directory') || '.',
    token: text('token'),
  };
  for (const [name, value] of [
    ['paths', inputs.paths.find((path) => path.startsWith('-'))],
    ['base-ref', inputs.baseRef],
  ] as const) {
    if (value?.startsWith('-')) wrong.push(`${name}: ${value} begins with a dash`);
  }
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(inputs.commentKey)) {
    wrong.push('comment-key: use up to 40 small letters, digits and dashes');
  }
  if (inputs.commentFrom !== null && inputs.commentData !== null) {
    wrong.push('comment-data is written by the run that lints, comment-from read by the one that posts');
  }
  return wrong.length > 0 ? wrong : inputs;
}
