/** A workflow command as GitHub's runner reads it (actions/runner, ActionCommand.cs, as documented for workflow commands). */
export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const KNOWN = new Set(
  'add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher save-state set-env set-output stop-commands warning'.split(
    ' ',
  ),
);

/** The commands in what a step prints, by both of the runner's notations. */
export const commandsIn = (log: string): Command[] =>
  log.split(/\r?\n/).flatMap((line) => {
    const found = colons(line.trimStart()) ?? brackets(line);
    return found && KNOWN.has(found.name) ? [found] : [];
  });

function colons(line: string): Command | null {
  const end = line.startsWith('::') ? line.indexOf('::', 2) : -1;
  if (end < 0) return null;
  return { ...head(line.slice(2, end), ','), data: unescaped(line.slice(end + 2), DATA) };
}

/** The older notation counts anywhere in a line. */
function brackets(line: string): Command | null {
  const start = line.indexOf('##[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  return end < 0 ? null : { ...head(line.slice(start + 3, end), ';'), data: line.slice(end + 1) };
}

function head(info: string, between: string) {
  const blank = info.indexOf(' ');
  const name = blank < 0 ? info : info.slice(0, blank);
  const pairs =
    blank < 0
      ? []
      : info
          .slice(blank + 1)
          .trim()
          .split(between);
  const properties = Object.fromEntries(
    pairs.flatMap((pair) => {
      const at = pair.indexOf('=');
      return at > 0 && at < pair.length - 1
        ? [[pair.slice(0, at), unescaped(pair.slice(at + 1), PROPERTY)]]
        : [];
    }),
  );
  return { name, properties };
}

type Escapes = readonly (readonly [string, string])[];
/** `%` comes last, as in the runner. */
const DATA: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
];
const PROPERTY: Escapes = [['%3A', ':'], ['%2C', ','], ...DATA];

const unescaped = (text: string, escapes: Escapes): string =>
  escapes.reduce((left, [code, sign]) => left.replaceAll(code, sign), text);
