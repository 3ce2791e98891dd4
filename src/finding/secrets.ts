/**
 * What a secret looks like when somebody wrote it down. One list for the rule that reports it and for the mask
 * that keeps it out of every output. Shapes are the issuers' published prefixes; all patterns run in linear time.
 */
const SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[A-Za-z0-9+/=\s\\n-]*/g,
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{30,255}\b/g,
  /\bgithub_pat_[A-Za-z0-9_]{50,255}\b/g,
  /\bglpat-[A-Za-z0-9_-]{20,64}\b/g,
  /\bsk-(?:ant-|proj-|svcacct-|or-v1-)?[A-Za-z0-9_-]{20,255}/g,
  /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,255}\b/g,
  /\bwhsec_[A-Za-z0-9]{24,64}\b/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,255}/g,
  /\bhttps:\/\/hooks\.slack\.com\/services\/[A-Za-z0-9/]{20,100}/g,
  /\bAIza[A-Za-z0-9_-]{35}/g,
  /\bya29\.[A-Za-z0-9_-]{20,255}/g,
  /\bhf_[A-Za-z0-9]{30,64}\b/g,
  /\bnpm_[A-Za-z0-9]{36}\b/g,
  /\bpypi-[A-Za-z0-9_-]{50,255}/g,
  /\bSG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,64}/g,
  /\bSK[0-9a-f]{32}\b/g,
  /\bdop_v1_[0-9a-f]{64}\b/g,
  /\beyJ[A-Za-z0-9_-]{8,4096}\.eyJ[A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{8,4096}/g,
  /(?<=\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,100}:)[^\s:/@$<{]{3,200}(?=@)/gi,
  /(?<=\b(?:password|passwd|secret|api[_-]?key|access[_-]?key|auth[_-]?token|token|bearer)["']?\s{0,4}[:= ]\s{0,4}["']?)(?=[^\s"']{0,200}\d)(?=[^\s"']{0,200}[A-Za-z])[A-Za-z0-9+/_=.-]{16,200}/gi,
];

/** Values that only stand where a secret would stand: variables, templates, samples. */
const PLACEHOLDER =
  /^[$<{]|\$\{|example|sample|placeholder|changeme|redacted|your[_-]|x{6,}|\*{4,}|0{12,}|\.{3}/i;

/** True when `text` holds something that is the shape of a real credential and not a placeholder for one. */
export function looksSecret(text: string): boolean {
  return SHAPES.some((shape) => {
    for (const match of text.matchAll(shape)) if (!PLACEHOLDER.test(match[0])) return true;
    return false;
  });
}

/** `text` with every secret-like part replaced by stars; keeps the length, so that columns still fit. */
export function mask(text: string): string {
  let masked = text;
  for (const shape of SHAPES) {
    masked = masked.replace(shape, (secret) =>
      PLACEHOLDER.test(secret) ? secret : '*'.repeat(secret.length),
    );
  }
  return masked;
}
