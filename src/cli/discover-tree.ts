import type { Fact, Other, Reader, Unread } from '../discover/fact.ts';
import { isWanted, readFile } from '../discover/read-file.ts';
import { attributedPatterns, isSilent, skippedFile, skippedFolder } from '../discover/walk.ts';
import { covering } from './files.ts';

/** The files of a revision or of what is staged. */
export interface Listing {
  /** From the root of the repository, in code unit order. */
  readonly paths: readonly string[];
  /** The text of one of them; null when it is none. */
  readonly text: (path: string) => string | null;
}

const LARGEST = 2_000_000;

/** What `discoverFiles` finds in a folder, found in a listing; `root` is that folder, empty for the top. */
export async function discoverListing(
  { paths, text }: Listing,
  root: string,
  readers: readonly Reader[],
  ignore: readonly string[] = [],
): Promise<{ readonly facts: Fact[]; readonly unread: readonly Unread[] }> {
  const { default: picomatch } = await import('picomatch');
  const prefix = root === '' ? '' : `${root}/`;
  const textOf: Other = (path) => {
    const found = text(prefix + path);
    return found === null || found.length > LARGEST || found.includes('\0') ? null : found;
  };
  const isNamed = picomatch(covering(ignore), { dot: true });
  const attributed = attributedPatterns(textOf('.gitattributes') ?? '').map(({ pattern }) =>
    picomatch(covering([pattern.replace(/\/\*\*$/, '')]), { dot: true }),
  );
  const leftOut = new Map<string, boolean>();
  const isLeftOut = (folder: string): boolean => {
    if (folder === '') return false;
    const known = leftOut.get(folder);
    if (known !== undefined) return known;
    const above = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '';
    const out =
      isLeftOut(above) ||
      isSilent(folder) ||
      skippedFolder(folder) !== null ||
      attributed.some((fits) => fits(folder));
    leftOut.set(folder, out);
    return out;
  };
  const facts: Fact[] = [];
  const unread: Unread[] = [];
  for (const whole of paths) {
    if (!whole.startsWith(prefix)) continue;
    const path = whole.slice(prefix.length);
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    if (!isWanted(readers, path) || isLeftOut(folder) || skippedFile(path)) continue;
    if ((ignore.length > 0 && isNamed(path)) || attributed.some((fits) => fits(path))) continue;
    const content = textOf(path);
    const reading = content === null ? null : readFile(readers, path, content, textOf);
    facts.push(...(reading?.facts ?? []));
    unread.push(...(reading?.unread ?? []));
  }
  return { facts, unread };
}
