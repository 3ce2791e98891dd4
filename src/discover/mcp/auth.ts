import type { FactValue } from '../fact.ts';
import { at, entriesOf, type Place, type TreeNode, textOf } from '../read/tree.ts';
import { known, unknown } from '../values.ts';
import type { Credential } from './credentials.ts';

/** How a client proves itself to a remote server, as a word of the language. Silence means nothing: OAuth leaves no trace. */
export function authOf(
  node: TreeNode,
  headers: readonly TreeNode[],
  credentials: readonly Credential[],
  place: Place,
): FactValue {
  const oauth = at(node, 'oauth') ?? at(node, 'auth') ?? at(node, 'authorization');
  const word = textOf(oauth) ?? textOf(at(oauth, 'type')) ?? textOf(at(oauth, 'method'));
  if (oauth?.scalar !== false && oauth !== null && (at(node, 'oauth') === oauth || /oauth/i.test(word ?? '')))
    return known('oauth2-authorization-code', oauth);
  const header = headers.flatMap(entriesOf).find(({ key }) => /authorization$/i.test(key));
  const scheme = /^\s*(basic|bearer)\b/i.exec(textOf(header?.node) ?? '')?.[1]?.toLowerCase();
  if (header && scheme) return known(scheme, header);
  const bearer = at(node, 'bearer_token_env_var') ?? at(node, 'authorization_token');
  if (header || bearer) return known('bearer', header ?? bearer!);
  const [first] = credentials.filter((each) => each.in !== 'env');
  if (first) return known('api-key', first);
  if (at(node, 'headersHelper'))
    return unknown('a program makes the headers at run time', at(node, 'headersHelper')!);
  return unknown('the file names no headers; a remote server often asks for OAuth instead', place);
}
