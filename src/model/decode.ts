import type { Problem } from '../finding/finding.ts';

const problem = (file: string, code: string, message: string, suggestion: string): Problem => ({
  code,
  message,
  location: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  snippet: null,
  file,
  suggestion,
});

/** Bytes of a file as text without its byte order mark, or what is wrong with them. YAML files here are UTF-8. */
export function decode(file: string, bytes: Uint8Array): string | Problem {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    return problem(file, 'encoding', 'The file is UTF-16', 'Save it as UTF-8');
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
    return problem(file, 'encoding', `The file is not UTF-8: ${firstBadByte(bytes)}`, 'Save it as UTF-8');
  }
}

function firstBadByte(bytes: Uint8Array): string {
  const good = new TextDecoder('utf-8').decode(bytes).split('\ufffd', 1)[0] ?? '';
  const lines = good.split('\n');
  return `line ${lines.length}, column ${lines.at(-1)!.length + 1} holds a byte that is no character`;
}
