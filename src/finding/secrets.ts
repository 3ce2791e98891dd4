/**
 * What a secret looks like when somebody wrote it down. One list for the rule that reports it and for the mask
 * that keeps it out of every output. Shapes are the issuers' published prefixes; all patterns run in linear time.
 * `_` and `-` may stand beside a secret (`ghp_…_old`), so borders are those of letters and digits, not `\b`.
 * Where what stands before tells, it is the one group of the pattern: looking back from every character takes far longer.
 */
const SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[A-Za-z0-9+/=\s\\n-]*/g,
  /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{30,255}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{50,255}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,64}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9])sk-(?:ant-|proj-|svcacct-|or-v1-)?[A-Za-z0-9_-]{20,255}/g,
  /(?<![A-Za-z0-9])[sr]k_(?:live|test)_[A-Za-z0-9]{16,255}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9])whsec_[A-Za-z0-9]{24,64}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,255}/g,
  /(?<![A-Za-z0-9])https:\/\/hooks\.slack\.com\/services\/[A-Za-z0-9/]{20,100}/g,
  /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}/g,
  /(?<![A-Za-z0-9])ya29\.[A-Za-z0-9_-]{20,255}/g,
  /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,64}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9])pypi-[A-Za-z0-9_-]{50,255}/g,
  /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,64}/g,
  /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9])dop_v1_[0-9a-f]{64}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,512}\.eyJ[A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{8,4096}/g,
  /([a-z0-9+.-]{2}:\/\/[^\s:/@]{0,100}:)[^\s:/@$<{]{3,200}(?=@)/gi,
  /(\b(?:password|passwd|secret|api[_-]?key|access[_-]?key|auth[_-]?token|token|bearer)["']?\s{0,4}[:= ]\s{0,4}["']?)(?=[^\s"']{0,200}\d)(?=[^\s"']{0,200}[A-Za-z])[A-Za-z0-9+/_=.-]{16,200}/gi,
];

/**
 * What every shape above has in it, as two quick questions: nearly all texts of a description say no to both, also those
 * that speak of keys and tokens. The first looks for the signs that stand behind the prefixes and then back at what is
 * before: letters that prefixes begin with are in every word, and asking there takes more than twice as long.
 */
const PREFIXES =
  /-(?:----BEGIN|(?<=glpat-)|(?<=sk-)[A-Za-z0-9_-]{20}|(?<=xox[abeoprs]-)|(?<=pypi-)[A-Za-z0-9_-]{50})|_(?:(?<=gh[pousr]_)[A-Za-z0-9]{30}|(?<=github_pat_)|(?<=[sr]k_)(?:live|test)_|(?<=whsec_)|(?<=hf_)[A-Za-z0-9]{30}|(?<=npm_)[A-Za-z0-9]{36}|(?<=dop_v1_))|\.(?:(?<=ya29\.)|(?<=SG\.)[A-Za-z0-9_-]{16}|(?<=slack\.)com)|A(?:(?:KI|SI|BI|CC)A[A-Z2-7]{16}|Iza)|SK[0-9a-f]{32}|J(?<=eyJ)|:\/\/[^\s:/@]{0,100}:[^\s:/@$<{]{3,200}@/;
const NAMED =
  /(?:passwd|password|secret|key|token|bearer)["']?\s{0,4}[:= ]\s{0,4}["']?[A-Za-z0-9+/_=.-]{16}/i;

const mayHold = (text: string): boolean => PREFIXES.test(text) || NAMED.test(text);

/** Values that only stand where a secret would stand: variables, templates, samples. */
const PLACEHOLDER =
  /^[$<{]|\$\{|example|sample|placeholder|changeme|redacted|your[_-]|x{6,}|^\*+$|\*{4,}|0{12,}|\.{3}/i;

/** True when `text` holds something that is the shape of a real credential and not a placeholder for one. */
export function looksSecret(text: string): boolean {
  if (!mayHold(text)) return false;
  return SHAPES.some((shape) => {
    for (const [found, before = ''] of text.matchAll(shape))
      if (!PLACEHOLDER.test(found.slice(before.length))) return true;
    return false;
  });
}

/** Where in `text` such credentials stand, in the order of their shapes; one may be found by several shapes. */
export function secretSpans(text: string): { readonly start: number; readonly end: number }[] {
  if (!mayHold(text)) return [];
  return SHAPES.flatMap((shape) =>
    [...text.matchAll(shape)]
      .filter(([found, before = '']) => !PLACEHOLDER.test(found.slice(before.length)))
      .map(({ index, 0: found, 1: before = '' }) => ({
        start: index + before.length,
        end: index + found.length,
      })),
  );
}

/** Of secrets that touch, masking one shows where the next one ends; text that hides more than this is all stars. */
const MAX_PASSES = 8;

/** `text` with every secret-like part replaced by stars; keeps the length, so that columns still fit. */
export function mask(text: string): string {
  if (!mayHold(text)) return text;
  let masked = text;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const before = masked;
    for (const shape of SHAPES) masked = masked.replace(shape, stars);
    if (masked === before) return masked;
  }
  return '*'.repeat(text.length);
}

/** What a match becomes; without a group of its own the second argument is where it stands. */
function stars(found: string, group: unknown): string {
  const before = typeof group === 'string' ? group : '';
  const secret = found.slice(before.length);
  return PLACEHOLDER.test(secret) ? found : before + '*'.repeat(secret.length);
}
