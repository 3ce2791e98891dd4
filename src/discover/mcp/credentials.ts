import { addressOf, isRandom } from '../address.ts';
import type { Place, TreeNode } from '../read/tree.ts';
import { entriesOf, textOf } from '../read/tree.ts';
import { isSecretName, isWrittenSecret, type Origin, referenceIn } from '../written-secret.ts';
import type { Word } from './words.ts';

/** A place where a server gets a credential. The value itself is never kept. */
export interface Credential extends Place {
  readonly name: string;
  readonly origin: Origin;
  readonly in: 'env' | 'header' | 'argument' | 'address';
}

/** The credentials of a map of variables or headers. */
export function credentialsIn(node: TreeNode | null, place: 'env' | 'header'): Credential[] {
  const named = entriesOf(node).flatMap(({ key, node: value }) => {
    const text = textOf(value);
    return text === null ? [] : [{ name: key, text, line: value.line, column: value.column }];
  });
  // A list of `NAME=value`, as compose writes it.
  const listed = (node?.items ?? []).flatMap((item) => {
    const [, name, text] = /^([^=\s]+)=([\s\S]*)$/.exec(textOf(item) ?? '') ?? [];
    return name ? [{ name, text: text!, line: item.line, column: item.column }] : [];
  });
  return [...named, ...listed].flatMap((each) => credential(each.name, each.text, each, place));
}

function credential(
  name: string,
  text: string,
  { line, column }: Place,
  where: Credential['in'],
): Credential[] {
  if (isWrittenSecret(name, text)) return [{ name, origin: 'literal', in: where, line, column }];
  const origin = isSecretName(name) ? referenceIn(text) : null;
  return origin ? [{ name, origin, in: where, line, column }] : [];
}

const OPTION = /^--?([A-Za-z][\w-]*)(?:=([\s\S]*))?$/;
const HEADER = /^([\w-]+)\s*:\s*([\s\S]+)$/;
const ASSIGNED = /^([A-Za-z_]\w*)=([\s\S]*)$/;

/** The credentials of a command line: `--api-key value`, `-e KEY=value`, `--header "Authorization: …"`, addresses. */
export function credentialsOf(words: readonly Word[]): Credential[] {
  return words.flatMap((word, i) => {
    const before = words[i - 1]?.text ?? '';
    const option = OPTION.exec(word.text);
    if (option) return option[2] === undefined ? [] : inValue(option[1]!, option[2], word);
    const name = OPTION.exec(before);
    const isHeader = name !== null && /^(?:header|H)$/.test(name[1]!);
    const header = isHeader ? HEADER.exec(word.text) : null;
    if (header) return credential(header[1]!, header[2]!, word, 'header');
    return inValue(name && name[2] === undefined ? name[1]! : '', word.text, word);
  });
}

function inValue(option: string, text: string, word: Word): Credential[] {
  const assigned = ASSIGNED.exec(text);
  if (assigned) return credential(assigned[1]!, assigned[2]!, word, 'env');
  const inAddress = credentialsInAddress(text, word);
  return inAddress.length > 0 ? inAddress : credential(option, text, word, 'argument');
}

/** The credentials of an address: `https://user:password@…`, `?api_key=…`. */
export function credentialsInAddress(text: string, { line, column }: Place): Credential[] {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return [];
  const user = /^[^/]+\/\/[^/@:]*:([^/@]*)@/.exec(text);
  const parts = [...text.matchAll(/[?&]([\w.-]+)=([^&#]*)/g)].map((match) => [match[1]!, match[2]!] as const);
  const inPath = (addressOf(text)?.path ?? '').split('/').some(isRandom);
  if (inPath) return [{ name: '', origin: 'literal', in: 'address', line, column }];
  return [...(user ? [['password', user[1]!] as const] : []), ...parts].flatMap(([name, value]) =>
    credential(name, value, { line, column }, 'address'),
  );
}
