import { StrangeAnswer } from './client.ts';

interface Failed {
  readonly status?: number;
  readonly message?: string;
  readonly response?: unknown;
}

/** Why the comment could not be written, in a sentence that says what to do. Anything that is no answer of GitHub is thrown on. */
export function troubleOf(error: unknown, fork: boolean): string {
  if (error instanceof StrangeAnswer) return `GitHub answered with something unexpected (${error.message})`;
  const { status, message = '', response } = error as Failed;
  if (Array.isArray((error as { errors?: unknown }).errors) && status === undefined) {
    return `GitHub did not say whose token this is: ${message}`;
  }
  if (status === undefined) throw error;
  if (response === undefined) return `GitHub could not be reached (${message})`;
  const limited = /rate limit|abuse detection/i.test(message);
  if (status === 429 || (status === 403 && limited)) {
    return 'GitHub asks to wait longer than this run may take (rate limit); run it again later';
  }
  if (status === 403) {
    return fork
      ? 'the token of a pull request from a fork may not write comments; docs/github-action.md shows the pair of workflows that may'
      : 'the token may not write comments here: the job needs `permissions: pull-requests: write` (Dependabot gets a token that only reads)';
  }
  if (status === 401) return 'GitHub does not accept the token (401): check the input `token`';
  if (status === 404)
    return 'GitHub finds no such pull request for this token (404): the job needs `permissions: pull-requests: write`';
  if (status === 422) return `GitHub refuses the comment (422: ${message})`;
  return `GitHub answered with an error (${status})`;
}
