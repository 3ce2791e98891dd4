import type { Location as SarifLocation } from 'sarif';
import type { Location } from '../finding/finding.ts';
import { wellFormed } from './escape.ts';

/** What every address in the file is relative to: the root of the repository, wherever it was checked out. */
export const SOURCE_ROOT = '%SRCROOT%';

/** A path with forward slashes as a relative URI: all but letters, digits and `-_.!~*'()` of each part as %XX. */
export const relativeUri = (path: string): string =>
  wellFormed(path).split('/').map(encodeURIComponent).join('/');

/** A file as a whole, for what has no line. */
export const sarifFile = (file: string): SarifLocation => ({
  physicalLocation: { artifactLocation: { uri: relativeUri(file), uriBaseId: SOURCE_ROOT } },
});

/** Ours and SARIF's regions count alike: from 1, in UTF-16 code units, the end exclusive. */
export const sarifPlace = (at: Location): SarifLocation => ({
  physicalLocation: {
    ...sarifFile(at.file).physicalLocation,
    region: {
      startLine: Math.max(1, at.line),
      startColumn: Math.max(1, at.column),
      endLine: Math.max(1, at.endLine),
      endColumn: Math.max(1, at.endColumn),
    },
  },
});

/** An address of the web as a valid URI; nothing when it is none. */
export const webUri = (url: string): string | undefined => {
  const uri = URL.canParse(url) ? new URL(url) : undefined;
  return uri?.protocol === 'https:' || uri?.protocol === 'http:' ? uri.href : undefined;
};
