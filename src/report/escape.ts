/**
 * The one place that makes text safe for where it is printed. Every name and message may come from a file that
 * a stranger's pull request wrote.
 */

/**
 * Characters nobody sees or that change how others are seen: controls, lone surrogates, soft hyphen, bidi
 * controls, zero-width marks and the tag block (used to smuggle text past readers). Joiners stay where scripts
 * and emoji need them, which is after a non-ASCII character; inside a Latin id they only disguise it.
 */
const HIDDEN =
  /[\p{Cc}\p{Cs}\u{ad}\u{61c}\u{180e}\u{200b}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fff9}-\u{fffb}\u{e0000}-\u{e007f}]|(?<![^\0-\x7f\u{200b}-\u{200d}])(?:\u{200c}|\u{200d})/gu;

const COMMANDS =
  'add-mask|add-matcher|add-path|debug|echo|endgroup|error|group|notice|remove-matcher|save-state|set-env|set-output|stop-commands|warning';

/**
 * Sequences that other programs act on, each up to the character that has to go: ends and starts of markup comments
 * and CDATA, `##[…` and `##vso[…` (Azure Pipelines, and the older form of GitHub's runner), and GitHub's
 * `::name …::` (actions/runner, ActionCommand.cs: at the start of a line, the name up to a blank).
 * After a word character only the names of commands count, so that `AWS::Lambda::Function` stays readable;
 * ARNs and IPv6 addresses have no such name after their colons.
 */
const ACTED_ON = new RegExp(
  [
    '--!?>',
    '<(?=!--)',
    '\\]\\]>',
    '##(?=\\w*\\[)',
    `::(?=(?:${COMMANDS})(?:[\\s"\\\\]|::|$))`,
    '::(?<![\\w:]::)(?=[a-z-][\\w-]*(?:[\\s"\\\\]|::|$))',
  ].join('|'),
  'gi',
);
const UNSAFE = new RegExp(`${HIDDEN.source}|${ACTED_ON.source}`, 'giu');

/** Printable ASCII with nothing in it that any of these could match: nearly every line there is, and much faster asked. */
const isPlain = (text: string): boolean =>
  /^[ -~]*$/.test(text) && !MARKS.some((mark) => text.includes(mark));
const MARKS = ['--', '::', '##', ']]>'];

/** The last character of a match, which is the one to escape. */
const lastOf = (match: string): string => Array.from(match).at(-1)!;

const shown = (character: string): string => `\\u{${character.codePointAt(0)!.toString(16)}}`;

/** Any text as one line that a terminal or a log prints as it is: what is hidden or acted on becomes `\u{1b}`. */
export const visible = (text: string): string =>
  isPlain(text)
    ? text
    : text.replace(UNSAFE, (match) => {
        const last = lastOf(match);
        return match.slice(0, -last.length) + shown(last);
      });

/**
 * `visible`, for text of which a part is pointed at: escapes the whole, so that a sequence across the borders is
 * seen, and returns what is before `start`, from `start` to `end`, and after. Tabs become `tab`.
 */
export function visibleParts(
  text: string,
  start: number,
  end: number,
  tab: string,
): [before: string, part: string, after: string] {
  if (isPlain(text)) return [text.slice(0, start), text.slice(start, end), text.slice(end)];
  let first = start;
  let last = end;
  const escaped = text.replace(UNSAFE, (match: string, offset: number) => {
    const character = lastOf(match);
    const instead = character === '\t' ? tab : shown(character);
    const at = offset + match.length - character.length;
    const growth = instead.length - character.length;
    if (at < start) first += growth;
    if (at < end) last += growth;
    return match.slice(0, -character.length) + instead;
  });
  return [escaped.slice(0, first), escaped.slice(first, last), escaped.slice(last)];
}

/** Text without halves of surrogate pairs, for functions that throw on them. */
export const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');

const codeUnits = (text: string): string =>
  Array.from(
    { length: text.length },
    (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');

/**
 * JSON with an indent of 2 in which nothing that `visible` would escape appears raw. Nothing is lost: the escapes
 * are JSON's own, so `JSON.parse` gives the value back.
 */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, null, 2)
    // Nearly all is ASCII, so looking only at the rest saves most of the time of a large report. The line feeds
    // left are those of the indent; JSON.stringify has escaped those inside strings.
    .replace(/[^ -~\n]+/g, (run) => run.replace(HIDDEN, codeUnits))
    .replace(ACTED_ON, (match) => match.slice(0, -1) + codeUnits(match.slice(-1)));

/**
 * Text as a SARIF plain text message (SARIF 2.1.0, 3.11.5 and 3.11.6): `{` and `}` are doubled so that none is a
 * placeholder. Brackets need a backslash only where a link could be read, and not every viewer removes it again,
 * so text without `](` keeps them as they are.
 */
export function sarifMessage(text: string): string {
  const braced = visible(text).replace(/[{}]/g, '$&$&');
  return braced.includes('](') ? braced.replace(/[\\[\]]/g, '\\$&') : braced;
}

/** What Markdown keeps as it is: `code` spans, and addresses, which show where they lead. */
const KEPT = /((?<!`)`[^`]+`(?!`)|https?:\/\/[\w\-.~/?#%&=+:,;@!$]*[\w/])/;

/**
 * Prose as GitHub-flavoured Markdown that shows just that prose: no HTML, named links, images, headings, lists,
 * mentions or issue references, so that a rule file of somebody else cannot dress up. Lines stay lines.
 */
export const markdownProse = (text: string): string => text.split(/\r?\n/).map(markdownLine).join('\n');

const markdownLine = (line: string): string =>
  visible(line.trim())
    .split(KEPT)
    .map((part, i) => (i % 2 === 0 ? markdownPart(part) : part.startsWith('`') ? part : `<${part}>`))
    .join('')
    .replace(/^([-+=#])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2');

const markdownPart = (text: string): string =>
  text
    .replace(/[\\`*_[\]~|]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    // A zero-width space after the sign: mentions and references are found after escapes are resolved.
    .replace(/@(?=\w)|#(?=\d)/g, '$&&#8203;');

/**
 * What Mermaid acts on in the text of a label, after it has resolved entities: icons, formulas, line breaks written
 * with a backslash, and its own marks for entities. A zero-width space keeps the two halves apart.
 */
const MERMAID_ACTS_ON = /\bfa[bklrs]?:(?=fa-)|\$(?=\$)|\\(?=n)|\ufb02(?=\u00b0)|\u00b6(?=\u00df)/g;

/**
 * One line as the inside of a quoted Mermaid label (`n1["…"]`) that shows just that line: no quote, entity, tag or
 * directive of its own.
 */
export const mermaidText = (text: string): string =>
  visible(text)
    .replace(MERMAID_ACTS_ON, '$&\u200b')
    .replace(/[^\w,.()/+\- \u0080-\u{10ffff}]/gu, (sign) => `#${sign.codePointAt(0)};`);

/** One line as text of an XML document such as SVG, or inside the quotes of an attribute. */
export const xmlText = (text: string): string =>
  visible(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')
    // The two characters above the controls that XML 1.0 has no way to write.
    .replace(/[\ufffe\uffff]/g, shown);

/** One line as text of an HTML-like label of Graphviz: XML, in which it resolves `\N` and its like all the same. */
export const graphvizText = (text: string): string => xmlText(text).replaceAll('\\', '\\\\');

/** The message of a workflow command; the runner turns it back (actions/runner, ActionCommand.cs). */
export const commandData = (text: string): string =>
  text.split('\n').map(visible).join('\n').replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');

/** One line as the value of a property of a workflow command, such as the name of a file. */
export const commandProperty = (text: string): string =>
  commandData(visible(text)).replace(/:/g, '%3A').replace(/,/g, '%2C');
