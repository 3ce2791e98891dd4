/** Expressions nested deeper than this are not read. */
export const MAX_EXPRESSION = 60;

const SHORT: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', '\n': '' };

/** The text between two quotes, with the escapes that both languages share; others stay as written. */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll(
    /\\(u\{[0-9a-f]{1,6}\}|u[0-9a-f]{4}|x[0-9a-f]{2}|[\s\S])/gi,
    (whole, code: string) => {
      if (/^[ux]./i.test(code) && code.length > 1) {
        const point = Number.parseInt(code.replace(/^[ux]\{?/i, ''), 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      }
      return SHORT[code] ?? ('\\\'"`'.includes(code) ? code : whole);
    },
  );
}
