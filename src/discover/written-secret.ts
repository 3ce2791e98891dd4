import { looksSecret } from '../finding/secrets.ts';

/** Where the value of a credential comes from. */
export type Origin = 'literal' | 'environment' | 'prompt' | 'command' | 'code';

/** The last words of names under which credentials stand. */
const SECRET_NAME =
  /(?:^|[^a-z])(?:api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|account[_-]?key|master[_-]?key|signing[_-]?key|encryption[_-]?key|service[_-]?(?:role[_-]?)?key|subscription[_-]?key|token|secret|password|passwd|passphrase|pwd|pat|credentials?|authorization|auth|bearer|cookie|key)$/;
/** Names that end like those and hold none. */
const PUBLIC_NAME =
  /(?:public|publishable|anon|site|primary|foreign|sort|partition|cache)[_-]?(?:api[_-]?)?(?:key|token)$/;

/** Whether something of this name is a credential: `GITHUB_TOKEN`, `x-api-key`, `Authorization`, `dbPassword`. */
export function isSecretName(name: string): boolean {
  const plain = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return SECRET_NAME.test(plain) && !PUBLIC_NAME.test(plain);
}

const PROMPT = /\$\{(?:input|promptString|user_config):/i;
/** What code works out at run time, as `discover/code/server-tree.ts` writes it. */
const CODE = /\$\{code\./;
const COMMAND = /\$\(|`[^`]+`|^op:\/\//;
const ENVIRONMENT = /\$\{|\$[A-Za-z_]|\{\{|\{(?:env|file):|%[A-Za-z_]+%|os\.environ|process\.env|<<|^\$/;

/** What a value refers to; null when it refers to nothing and stands for itself. */
export function referenceIn(value: string): Exclude<Origin, 'literal'> | null {
  if (PROMPT.test(value)) return 'prompt';
  if (CODE.test(value)) return 'code';
  if (COMMAND.test(value)) return 'command';
  return ENVIRONMENT.test(value) ? 'environment' : null;
}

const SAMPLE =
  /^$|^[<[(].*[>\])]$|your|example|sample|placeholder|change.?me|redacted|replace|insert|enter|dummy|todo|fixme|xxx|\*{3}|\.{3}|\u2026|^(?:test|none|null|undefined|true|false|yes|no|required|optional|secret|token|key|api_?key)$|here$/i;

/**
 * Whether `value` under `name` is a credential that stands in the file: neither a reference nor a sample. A name says
 * it of a value that is long and mixed enough; a password may be anything.
 */
export function isWrittenSecret(name: string, written: string): boolean {
  // `${TOKEN:-default}` stands for the default where nobody sets the variable.
  const value = /^\$\{\w+:?-([^}]+)\}$/.exec(written.trim())?.[1] ?? written;
  const bare = value.replace(/^(?:bearer|basic|token|api-?key)\s+/i, '').trim();
  if (referenceIn(bare) === null && looksSecret(value)) return true;
  if (!isSecretName(name) || referenceIn(value) !== null || SAMPLE.test(bare)) return false;
  const samePlaceholder =
    bare.toLowerCase().replaceAll(/[^a-z0-9]/g, '') === name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  if (samePlaceholder || /^(?:\.{0,2}\/|~|[A-Za-z]:\\|https?:)/.test(bare) || /\s/.test(bare)) return false;
  if (/passw|passphrase|pwd/i.test(name)) return true;
  return bare.length >= 8 && ((/\d/.test(bare) && /[A-Za-z]/.test(bare)) || bare.length >= 24);
}
