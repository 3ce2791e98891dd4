import type { Problem } from '../finding/finding.ts';
import { Source } from './source.ts';

/** Bytes of a file as text without its byte order mark, or what is wrong with them. YAML files here are UTF-8. */
export function decode(file: string, bytes: Uint8Array): string | Problem {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    const wide = c === 0 && d === 0 && a === 0xff;
    return problem(file, 'encoding', `The file is UTF-${wide ? 32 : 16}`, 'Save it as UTF-8');
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    const wide = nul < 4 && bytes.length > 3;
    return wide
      ? problem(file, 'encoding', 'The file looks like UTF-16 or UTF-32 without a mark', 'Save it as UTF-8')
      : problem(file, 'binary', `The file is binary: byte ${nul + 1} is NUL`, 'Name a YAML file');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return notUtf8(file, new TextDecoder('utf-8').decode(bytes));
  }
}

/** `text` has U+FFFD for what could not be read. */
function notUtf8(file: string, text: string): Problem {
  const at = Math.max(0, text.indexOf('\ufffd'));
  return {
    ...problem(file, 'encoding', 'The file is not UTF-8: these bytes are no character', 'Save it as UTF-8'),
    ...new Source(file, text).place(at, at + 1),
  };
}

const problem = (file: string, code: string, message: string, suggestion: string): Problem => ({
  code,
  message,
  location: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  snippet: null,
  file,
  suggestion,
});
