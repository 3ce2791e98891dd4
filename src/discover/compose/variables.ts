/** `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?message}`, `${NAME:+other}`, `$NAME`, and `$$` for a dollar. */
const VARIABLE = /\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-?+])([^{}]*))?\})/g;

export interface Filled {
  /** Null when a variable has no value here. */
  readonly text: string | null;
  /** With nothing in place of variables that have no value: what is left of an address still names its host. */
  readonly shown: string;
  /** The first variable in it; null where there is none. */
  readonly variable: string | null;
}

/** A value of a compose file with its variables replaced by `values` or by the defaults written beside them. */
export function fill(written: string, values: ReadonlyMap<string, string>): Filled {
  if (!written.includes('$')) return { text: written, shown: written, variable: null };
  let variable: string | null = null;
  let missing = false;
  const text = written.replaceAll(
    VARIABLE,
    (all, bare?: string, braced?: string, how?: string, rest?: string) => {
      const name = bare ?? braced;
      if (name === undefined) return all === '$$' ? '$' : all;
      variable ??= name;
      const value = values.get(name);
      if (how?.endsWith('+')) return value === undefined ? '' : (rest ?? '');
      if (value !== undefined) return value;
      if (how?.endsWith('-')) return rest ?? '';
      missing = true;
      return '';
    },
  );
  return { text: missing ? null : text, shown: text, variable };
}

export interface EnvLine {
  readonly name: string;
  readonly value: string;
  readonly line: number;
  readonly column: number;
}

const ENV_LINE = /^([ \t]*(?:export[ \t]+)?)([A-Za-z_][\w.-]*)[ \t]*=[ \t]*(.*)$/;

/** Lines of a `.env` file that set something. */
export function readEnv(text: string): EnvLine[] {
  return text.split(/\r?\n/).flatMap((written, index) => {
    const match = ENV_LINE.exec(written);
    if (!match) return [];
    const quoted = /^(["'])(.*)\1\s*(?:#.*)?$/.exec(match[3]!);
    const value = quoted ? quoted[2]! : match[3]!.replace(/(?:^|\s)#.*$/, '').trim();
    return [{ name: match[2]!, value, line: index + 1, column: match[1]!.length + 1 }];
  });
}

/** Names of variables that hold something nobody else should know. */
export const namesSecret = (name: string): boolean =>
  /(?:^|_)(?:PASS(?:WORD|WD|PHRASE)?|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?|AUTH_?KEY|MASTER_?KEY)S?(?:_|$)|PASSWORD$|SECRET$|_KEY$/i.test(
    name,
  ) &&
  !/(?:_FILE|_PATH|_NAME|_ID|_URL|_EXPIRY|_TTL|MAX_TOKENS?|TOKENS?_LIMIT|_LIMIT|PUBLIC_KEY|_EMPTY_PASSWORD|TOKENIZER.*)$/i.test(
    name,
  );
