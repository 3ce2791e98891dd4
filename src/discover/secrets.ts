import { secretSpans } from '../finding/secrets.ts';
import type { Fact } from './fact.ts';
import { placesOf } from './read/lines.ts';

/** Issuers' published prefixes, and what the credential is. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^-----BEGIN/, 'private key'],
  [/^A(?:KIA|SIA|BIA|CCA)/, 'AWS access key'],
  [/^(?:gh[pousr]_|github_pat_)/, 'GitHub token'],
  [/^glpat-/, 'GitLab token'],
  [/^sk-ant-/, 'Anthropic API key'],
  [/^sk-or-/, 'OpenRouter API key'],
  [/^sk-/, 'API key of a model vendor'],
  [/^(?:[sr]k_|whsec_)/, 'Stripe key'],
  [/^(?:xox|https:\/\/hooks\.slack)/, 'Slack credential'],
  [/^(?:AIza|ya29\.)/, 'Google credential'],
  [/^hf_/, 'Hugging Face token'],
  [/^npm_/, 'npm token'],
  [/^pypi-/, 'PyPI token'],
  [/^SG\./, 'SendGrid key'],
  [/^SK[0-9a-f]/, 'Twilio key'],
  [/^dop_v1_/, 'DigitalOcean token'],
  [/^eyJ/, 'signed token (JWT)'],
];

/** Passwords of samples and defaults: a weakness where they run, but nothing that leaks. */
const COMMON =
  /^(?:pass(?:word|wd)?|secret|postgres|mysql|mongo|redis|root|admin|user|guest|test|dev|app|changeme|database|neo4j|example|123\d*)$/i;

/** The credentials in a file of the repository, one a line: what kind and where, never what. */
export function secretsIn(file: string, text: string): Fact[] {
  const spans = secretSpans(text);
  if (spans.length === 0) return [];
  const places = placesOf(text);
  const byLine = new Map<number, Fact>();
  for (const { start, end } of spans) {
    const name = kindOf(text, start, end);
    const { line, column } = places(start);
    if (name === null || byLine.has(line)) continue;
    byLine.set(line, {
      kind: 'secret',
      name,
      attributes: {},
      controls: {},
      links: [],
      source: { file, line, column, pointer: '' },
      plane: 'runtime',
      confidence: 'parsed',
      reader: 'secrets',
    });
  }
  return [...byLine.values()].sort((a, b) => a.source.line - b.source.line);
}

function kindOf(text: string, start: number, end: number): string | null {
  const found = text.slice(start, end);
  const kind = KINDS.find(([prefix]) => prefix.test(found))?.[1];
  if (kind) return kind;
  const inAddress = text[start - 1] === ':' && text[end] === '@' && !COMMON.test(found);
  // A name beside a value says too little here: in code it mostly stands beside a variable.
  return inAddress ? 'password in an address' : null;
}
