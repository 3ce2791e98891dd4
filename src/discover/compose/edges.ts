import type { FactLink, FactValue } from '../fact.ts';
import { at, entriesOf, given, itemsOf, type Spot, textOf } from '../tree.ts';
import type { Setting } from './environment.ts';
import type { ImageRole } from './images.ts';
import { parts, type Service, wordsOf } from './service.ts';

/** A service of the file that another one may name. */
export interface Target {
  readonly name: string;
  readonly role: ImageRole;
}

/** `scheme://[user[:password]@]host`, also with a list of hosts; `host=…` of database drivers; `tcp(host:1)` of Go. */
const URL_HOST = /([a-z][a-z0-9+.-]{1,30}):\/\/(?:[^\s/@"'<>]{0,200}@)?([A-Za-z0-9_.-]{1,100})/gi;
const PAIR_HOST = /\b(?:host|server|data source|tcp)[=(]\s?([A-Za-z0-9_.-]{1,100})/gi;
const BARE = /^([A-Za-z0-9_.-]{1,100})(:\d{1,5})?(?:\/\S*)?$/;
/** Variables whose whole value may be the name of a host. */
const NAMES_HOST =
  /(?:^|_)(?:HOST(?:NAME)?S?|ADDR(?:ESS(?:ES)?)?|SERVERS?|UR[LI]S?|ENDPOINTS?|BROKERS?|NODES?|SEEDS?|BOOTSTRAP)(?:_|$)|HOST$/i;

interface Mention {
  readonly host: string;
  readonly scheme: string | null;
}

/** Hosts that a value names: addresses anywhere in it, and, where it is nothing else, `service` or `service:port`. */
export function hostsIn(variable: string | null, value: string): Mention[] {
  const text = value.slice(0, 4000);
  const found: Mention[] = [...text.matchAll(URL_HOST)].map(([, scheme, host]) => ({
    host: host!,
    scheme: scheme!.toLowerCase(),
  }));
  for (const [, host] of text.matchAll(PAIR_HOST)) found.push({ host: host!, scheme: null });
  for (const word of text.split(/[\s,;]+/)) {
    const [, host, port] = BARE.exec(word.replace(/^.*@/, '')) ?? [];
    if (host && (port || (variable !== null && NAMES_HOST.test(variable))))
      found.push({ host, scheme: null });
  }
  return found;
}

/** Edges from a service to others of its file, by what it is told about them; of several to one, the first that says most. */
export function edgesOf(
  service: Service,
  settings: readonly Setting[],
  targets: ReadonlyMap<string, Target>,
  file: string,
): FactLink[] {
  const links = new Map<string, FactLink>();
  const add = (host: string, spot: Spot, attributes: Record<string, FactValue>): void => {
    const target = targets.get(host);
    if (!target || target.name === service.name || links.has(target.name)) return;
    const { value: _, ...place } = given('', spot, file);
    links.set(target.name, { as: 'flows', to: target.name, toKind: target.role.kind, ...place, attributes });
  };
  const mention = (variable: string | null, text: string, spot: Spot): void => {
    for (const { host, scheme } of hostsIn(variable, text)) {
      add(host, spot, {
        ...(scheme === null ? {} : { protocol: given(scheme, spot, file) }),
        ...(variable === null ? {} : { env: given(variable, spot, file) }),
      });
    }
  };
  for (const { name, shown, spot } of settings) mention(name, shown, spot);
  for (const key of ['command', 'entrypoint'])
    for (const { text, spot } of wordsOf(service, key)) if (text.includes('://')) mention(null, text, spot);
  for (const { name, spot } of dependencies(service))
    add(name, spot, { by: given('depends_on', spot, file) });
  return [...links.values()];
}

/** What has to run before a service; jobs that only have to be over are no partners of it. */
function dependencies(service: Service): { name: string; spot: Spot }[] {
  return ['depends_on', 'links'].flatMap((key) =>
    parts(service, key).flatMap((part) =>
      part.type === 'map'
        ? entriesOf(part)
            .filter(({ value }) => textOf(at(value, 'condition')) !== 'service_completed_successfully')
            .map(({ name, key: spot }) => ({ name, spot }))
        : itemsOf(part).map((item) => ({ name: (textOf(item) ?? '').split(':')[0]!, spot: item as Spot })),
    ),
  );
}
