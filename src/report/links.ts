import type { Location } from '../finding/finding.ts';
import { clip, MAX_NAME } from './clip.ts';
import { linkPath, markdownText } from './escape-markdown.ts';

/** Where the files of a report can be read on the web; null where nothing is linked. */
export interface Site {
  /** `https://github.com/owner/repo`, without a slash at the end. */
  readonly repositoryUrl: string;
  /** The commit that was linted. */
  readonly sha: string;
  /** Folder of the working directory from the top of the repository, with forward slashes; empty for the top itself. */
  readonly prefix: string;
}

/** `path` below `prefix` as a path from the top of the repository; null when it leads out of it. */
export function fromTop(prefix: string, path: string): string | null {
  const parts: string[] = [];
  for (const part of `${prefix}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.length > 0 && !path.startsWith('/') ? parts.join('/') : null;
}

/** `file:line` in Markdown, linked to those lines where there is a site. */
export function placeLink({ file, line, endLine }: Location, site: Site | null): string {
  const label = markdownText(`${clip(file, MAX_NAME)}:${line}`);
  const url = site && linesUrl({ file, line, endLine }, site);
  return url ? `[${label}](${url})` : label;
}

type Lines = Pick<Location, 'file' | 'line' | 'endLine'>;

function linesUrl({ file, line, endLine }: Lines, { repositoryUrl, sha, prefix }: Site): string | null {
  const path = fromTop(prefix, file);
  if (path === null || !/^[0-9a-f]{7,64}$/.test(sha) || !/^https?:\/\/[\w.:/~-]+$/.test(repositoryUrl))
    return null;
  const last = endLine > line ? `-L${endLine}` : '';
  return `${repositoryUrl}/blob/${sha}/${linkPath(path)}#L${line}${last}`;
}
