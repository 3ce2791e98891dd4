import { addressOf } from './address.ts';
import type { Fact, FactValue, Reader } from './fact.ts';
import { readJson } from './read/json.ts';
import { at, entriesOf, type TreeEntry, type TreeNode, textOf } from './read/tree.ts';
import { attributesOf, known, unknown } from './values.ts';

const FILE = /(?:^|\/)(?:[^/]*[-_.])?agent(?:[-_]?card)?\.json$/i;

/**
 * The card with which an agent presents itself to others over A2A, in the shapes of 0.2, 0.3 and 1.0. Attributes
 * beside those of the language: `card.signed`, `schemes` (what it offers for signing in), `skills`, `extended_card`.
 */
export const a2aCard: Reader = {
  name: 'a2a-card',
  wants: (path) => FILE.test(path),
  read: (path, text) => {
    const { root } = readJson(text);
    const name = at(root, 'name');
    const skills = at(root, 'skills');
    // Other files are called agent.json: only a card has skills, and one of the others.
    const others = [
      'capabilities',
      'supportedInterfaces',
      'protocolVersion',
      'defaultInputModes',
      'securitySchemes',
    ];
    if (!textOf(name) || !skills?.items || !others.some((key) => at(root, key))) return null;
    const [first] = at(root, 'supportedInterfaces')?.items ?? [];
    const url = at(first, 'url') ?? at(root, 'url');
    const address = addressOf(textOf(url) ?? '');
    const version = at(first, 'protocolVersion') ?? at(root, 'protocolVersion');
    const own = at(root, 'version');
    const signatures = at(root, 'signatures');
    const signed = (signatures?.items?.length ?? 0) > 0;
    const extended =
      at(root, 'capabilities', 'extendedAgentCard') ?? at(root, 'supportsAuthenticatedExtendedCard');
    const names = skills.items.flatMap((skill) => textOf(at(skill, 'id')) ?? textOf(at(skill, 'name')) ?? []);
    const schemes = entriesOf(at(root, 'securitySchemes'));
    const fact: Fact = {
      kind: 'agent',
      name: textOf(name)!,
      attributes: attributesOf({
        protocol: known(`a2a${textOf(version) ? `@${textOf(version)}` : ''}`, version ?? root!),
        url: address ? known(address.plain, url!) : null,
        exposure: address?.exposure ? known(address.exposure, url!) : null,
        auth: authOf(root!, schemes),
        schemes: schemes[0] ? known(schemes.map(methodOf), schemes[0]) : null,
        'card.signed': known(signed, signatures ?? name!),
        version: textOf(own) ? known(textOf(own)!, own!) : null,
        skills: names.length > 0 ? known(names, skills) : null,
        extended_card: extended?.scalar === true ? known(true, extended) : null,
      }),
      controls: {},
      links: [],
      source: { file: path, line: name!.line, column: name!.column, pointer: '' },
      plane: 'runtime',
      confidence: 'declared',
      reader: 'a2a-card',
    };
    return { facts: [fact], unread: [] };
  },
};

/** What callers have to show. A scheme that nothing requires asks nobody for anything. */
function authOf(root: TreeNode, schemes: readonly TreeEntry[]): FactValue {
  const required = at(root, 'security') ?? at(root, 'securityRequirements');
  const demands = required?.items ?? [];
  if (schemes.length === 0) return unknown('the card declares no security scheme', at(root, 'name')!);
  // An empty requirement among them lets everybody in.
  const names = demands.map((each) => entriesOf(at(each, 'schemes') ?? each).map(({ key }) => key));
  if (demands.length === 0 || names.some((some) => some.length === 0))
    return known('none', required ?? schemes[0]!);
  const scheme = schemes.find(({ key }) => names[0]!.includes(key));
  if (!scheme) return unknown('the card requires a scheme that it does not declare', required!);
  return known(methodOf(scheme), scheme);
}

/** A scheme as a word of the language: `{ type: http, scheme: bearer }` up to 0.3, `{ httpAuthSecurityScheme: … }` in 1.0. */
function methodOf({ node }: TreeEntry): string {
  const [wrapper] = entriesOf(node).filter(({ key }) => key.endsWith('SecurityScheme'));
  const inner = wrapper?.node ?? node;
  const type = (wrapper?.key.replace('SecurityScheme', '') ?? textOf(at(node, 'type')) ?? '').toLowerCase();
  if (type.startsWith('openid')) return 'oidc';
  if (type.startsWith('apikey')) return 'api-key';
  if (type.startsWith('mutual') || type === 'mtls') return 'mtls';
  if (type === 'oauth2') {
    const flows = at(inner, 'flows');
    return at(flows, 'clientCredentials') && !at(flows, 'authorizationCode')
      ? 'oauth2-client-credentials'
      : 'oauth2-authorization-code';
  }
  return textOf(at(inner, 'scheme'))?.toLowerCase() === 'basic' ? 'basic' : 'bearer';
}
