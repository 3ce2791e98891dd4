import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { mathFromMarkdown } from 'mdast-util-math';
import { gfm } from 'micromark-extension-gfm';
import { math } from 'micromark-extension-math';

/** Markdown as GitHub reads it: GitHub-flavoured, with footnotes and formulas. */
export const read = (markdown: string): Root =>
  fromMarkdown(markdown, {
    extensions: [gfm(), math()],
    mdastExtensions: [gfmFromMarkdown(), mathFromMarkdown()],
  });

/** Every node, parents before what is in them. */
export const nodesOf = (node: Nodes): Nodes[] => [
  node,
  ...('children' in node ? (node.children as Nodes[]).flatMap(nodesOf) : []),
];

/** What a reader sees of a node; tags are not seen. Zero-width spaces are left out. */
export const seen = (node: Nodes): string =>
  ('value' in node && node.type !== 'html'
    ? node.value
    : 'children' in node
      ? (node.children as Nodes[]).map(seen).join('')
      : ''
  ).replaceAll('\u200b', '');

const INLINE = new Set(['text', 'html', 'strong', 'emphasis', 'inlineCode', 'link', 'break']);

/** The blocks of a page without their words: what no name may change. Rows of tables with their number of cells. */
export function skeleton(node: Nodes, depth = 0): string[] {
  if (INLINE.has(node.type) && depth > 1) return [];
  const more =
    node.type === 'tableRow' ? ` ${node.children.length}` : node.type === 'code' ? ` ${node.lang}` : '';
  return [
    `${'  '.repeat(depth)}${node.type}${more}`,
    ...('children' in node ? (node.children as Nodes[]).flatMap((child) => skeleton(child, depth + 1)) : []),
  ];
}

const OUR_TAGS =
  /^(?:<br>|<\/?(?:span|code|sub|details|summary)>|<details><summary>[\w ,']+<\/summary>|<!-- maestro-lint [\w./: -]+ -->)+$/;
/** GitHub finds these in what is not code (its documentation on autolinked references, emoji and mentions). */
const REFERENCES: readonly [string, RegExp][] = [
  ['a mention or e-mail address', /@[\p{L}\p{N}_]/u],
  ['an issue', /#\d|\bGH-\d/i],
  ['an address', /:\/\/|\bwww\./i],
  ['an emoji', /:[\w+-]+:/],
  ['a commit', /(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])/i],
];
const ALLOWED = new Set(
  'root heading paragraph text html strong emphasis inlineCode code link table tableRow tableCell list listItem'.split(
    ' ',
  ),
);

/** What in a page of ours is not ours: empty when no name could add anything. `links` are addresses that are. */
export function foreign(markdown: string, links: RegExp): string[] {
  const tree = read(markdown);
  const found: string[] = [];
  for (const node of nodesOf(tree)) {
    if (!ALLOWED.has(node.type)) found.push(`a ${node.type}`);
    if (node.type === 'html' && !OUR_TAGS.test(node.value.replace(/\s*\n\s*/g, '')))
      found.push(`HTML ${node.value}`);
    if (node.type === 'link' && !links.test(node.url)) found.push(`a link to ${node.url}`);
    if (node.type === 'code' && !['yaml', 'mermaid'].includes(node.lang ?? '')) found.push('a code block');
    if (node.type === 'listItem' && typeof node.checked === 'boolean') found.push('a task');
    if (node.type === 'table') {
      const [top, ...rows] = node.children;
      for (const { children } of rows)
        if (children.length !== top!.children.length) found.push(`a row of ${children.length} cells`);
    }
    if (['heading', 'paragraph', 'tableCell'].includes(node.type)) {
      const words = plain(node);
      for (const [name, pattern] of REFERENCES) if (pattern.test(words)) found.push(`${name}: ${words}`);
    }
  }
  return found;
}

/** The text of a block without code, in which GitHub finds nothing. A new line or bold text begins a text of its own. */
const plain = (node: Nodes): string =>
  node.type === 'text'
    ? node.value
    : ['inlineCode', 'code'].includes(node.type) || (node.type === 'html' && node.value === '<br>')
      ? ' '
      : 'children' in node
        ? (node.children as Nodes[]).map(plain).join('') + (node.type === 'strong' ? ' ' : '')
        : '';
