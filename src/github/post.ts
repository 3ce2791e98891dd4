import type { Api } from './client.ts';
import { type CommentData, readData } from './data.ts';
import type { Followed, Situation } from './event.ts';

/**
 * The data of the run that this one follows, if it is about the commit and the repository of that run: whoever wrote
 * the pull request may have written the data too, and must not comment on others. Gives a sentence where it is not.
 */
export async function followedData(
  written: string,
  { followed }: Situation,
  api: Api,
): Promise<CommentData | string> {
  if (followed === null) return 'comment-from works on `workflow_run` alone';
  if (!/^pull_request(?:_target)?$/.test(followed.event)) return 'the run before was about no pull request';
  const data = readData(written);
  if (data === null) return 'the file of comment-from is not what this version of the Action writes';
  if (data.headSha !== followed.headSha)
    return 'the file of comment-from is about another commit than its run';
  return (await isAbout(api, data.pull, followed))
    ? data
    : 'the file of comment-from names a pull request that is not the one of its run, or has a newer commit';
}

async function isAbout(api: Api, number: number, followed: Followed): Promise<boolean> {
  const { sha, repository, open } = await api.pull(number);
  return open && sha === followed.headSha && repository === followed.headRepository;
}
