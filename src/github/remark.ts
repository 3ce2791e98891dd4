import { comment } from '../report/comment.ts';
import { COMMENT_LIMIT, type CommentOptions, markerLine, SUMMARY_LIMIT } from '../report/comment-options.ts';
import type { Api } from './client.ts';
import type { CommentData } from './data.ts';
import type { Situation } from './event.ts';
import type { Inputs } from './inputs.ts';
import { stick } from './sticky.ts';
import { troubleOf } from './trouble.ts';

type Shown = Omit<CommentData, 'pull'>;

function optionsOf(shown: Shown, situation: Situation): CommentOptions {
  const { serverUrl, owner, repo } = situation;
  return {
    site: { repositoryUrl: `${serverUrl}/${owner}/${repo}`, sha: shown.headSha, prefix: '' },
    marker: null,
    limit: SUMMARY_LIMIT,
    failOn: shown.failOn,
    ...(shown.baseMissing === null ? {} : { baseMissing: shown.baseMissing }),
    isFork: isFork(situation) && !shown.waiversCount,
    policyChanged: shown.policyChanged,
    policyFrom: shown.policyFrom,
    newlyWaived: shown.newlyWaived,
    assertionsWeakened: shown.assertionsWeakened,
    ...(shown.closing && { closing: shown.closing }),
  };
}

/** Also of the pull request that the run before was about. */
const isFork = ({ pull, followed, owner, repo }: Situation): boolean =>
  pull ? pull.fork : followed !== null && followed.headRepository !== `${owner}/${repo}`;

/** The page of the job. */
export const summary = (shown: Shown, situation: Situation): string =>
  comment(shown.verdict, optionsOf(shown, situation)).body;

/**
 * Writes the comment, or leaves it; gives a sentence for the log. A comment that cannot be written never decides how
 * the job ends. `tell` is given what went wrong.
 */
export async function remark(
  api: Api,
  data: CommentData,
  situation: Situation,
  inputs: Pick<Inputs, 'comment' | 'commentKey'>,
  tell: (trouble: string) => void,
): Promise<string> {
  const marker = markerLine(inputs.commentKey);
  const options = { ...optionsOf(data, situation), marker, limit: COMMENT_LIMIT };
  const { body, empty } = comment(data.verdict, options);
  const worthOne = inputs.comment === 'always' || !empty;
  try {
    const stuck = await stick(api, { pull: data.pull, headSha: data.headSha, marker, body, worthOne });
    return TOLD[stuck];
  } catch (error) {
    tell(`There is no comment: ${troubleOf(error, situation.pull?.fork === true)}.`);
    return 'the comment could not be written; the summary of the job says the same';
  }
}

const TOLD = {
  created: 'the pull request has a comment',
  updated: 'the comment on the pull request was brought up to date',
  unchanged: 'the comment on the pull request still holds',
  'not needed': 'there is nothing to comment on',
  outdated: 'the pull request has a newer commit, so this run leaves its comment alone',
} as const;
