import type { FactValue } from '../fact.ts';
import { at, given, itemsOf, type Spot, textOf } from '../tree.ts';
import { type Compose, filled, items, parts, type Service, single } from './service.ts';

interface Published {
  readonly text: string;
  /** `public` without an address: every one of the machine, past most firewalls of its own. */
  readonly exposure: 'loopback' | 'private' | 'public';
  readonly spot: Spot;
}

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|\[?::1\]?|localhost)$/;
/** Addresses that no router of the internet knows. */
const PRIVATE = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[?f[cd][0-9a-f]{2}:)/i;

const exposureAt = (address: string): Published['exposure'] =>
  LOOPBACK.test(address) ? 'loopback' : PRIVATE.test(address) ? 'private' : 'public';

/** Ports that can be reached from outside the containers' own network, short and long form. */
export function publishedPorts(compose: Compose, service: Service): Published[] {
  return items(service, 'ports').flatMap((item): Published[] => {
    const short = filled(compose, item);
    if (short !== null) {
      // Of a variable that is set nowhere only the port is missing; whether there is an address stands in the file.
      const text = short.text ?? textOf(item)!.replaceAll(/\$\{[^}]*\}|\$\w+/g, '0');
      const address = /^(\[[^\]]*\]|[^:]*):[^:]*:[^:]*$/.exec(text)?.[1] ?? '';
      return [{ text, exposure: exposureAt(address), spot: item }];
    }
    const target = textOf(at(item, 'target'));
    if (target === null) return [];
    const address = filled(compose, at(item, 'host_ip'))?.text ?? '';
    const published = filled(compose, at(item, 'published'))?.text;
    const text = [address, published, target].filter(Boolean).join(':');
    return [{ text, exposure: exposureAt(address), spot: item }];
  });
}

/** `exposure` and the ports that say so; a service without ports is reached from its own networks only. */
export function exposureOf(compose: Compose, service: Service): Record<string, FactValue> {
  const ports = publishedPorts(compose, service);
  const open = ['public', 'private', 'loopback']
    .map((each) => ports.find(({ exposure }) => exposure === each))
    .find((each) => each !== undefined);
  const mode = single(service, 'network_mode');
  if (!open && textOf(mode) === 'host') return {};
  if (!open) return { exposure: given('private', service.key, compose.file) };
  return {
    exposure: given(open.exposure, open.spot, compose.file),
    ports: given(
      ports.map(({ text }) => text),
      open.spot,
      compose.file,
    ),
  };
}

/** `egress: none` where every network of a service is cut off from outside; nothing where a network is open. */
export function egressOf(compose: Compose, service: Service): FactValue | null {
  const mode = single(service, 'network_mode');
  if (mode && textOf(mode) === 'none') return given('none', mode, compose.file);
  const names = parts(service, 'networks').flatMap((part) =>
    part.type === 'map'
      ? [...part.entries.keys()]
      : itemsOf(part)
          .map(textOf)
          .filter((name) => name !== null),
  );
  const internal = (name: string): boolean =>
    [compose.base?.root, compose.root].some(
      (root) => textOf(at(root ?? null, 'networks', name, 'internal')) === 'true',
    );
  const [first] = names;
  if (first === undefined || !names.every(internal)) return null;
  const where =
    at(compose.root, 'networks', first, 'internal') ?? at(compose.base?.root, 'networks', first, 'internal');
  return given('none', where!, compose.file);
}
