import type { FactValue } from '../fact.ts';
import { at, flagOf, given, type Spot, textOf, textsOf } from '../tree.ts';
import { type Compose, filled, items, keySpot, type Service, single } from './service.ts';

const SOCKET = /(?:docker|podman|containerd)(?:\.|%2E)sock/;
const WIDE_CAPABILITY = /^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|NET_ADMIN)$/i;

/** What a short volume takes from the machine; one path alone is a folder of the container on a volume without a name. */
const mounted = (text: string): string => /^((?:[A-Za-z]:(?=[\\/]))?[^:]*):/.exec(text)?.[1] ?? '';

/** Rights over the machine below, in the words of the language, each with its place. */
function privilegesOf(compose: Compose, service: Service): { word: string; spot: Spot }[] {
  const found: { word: string; spot: Spot }[] = [];
  const add = (word: string, spot: Spot): void => {
    if (!found.some((each) => each.word === word)) found.push({ word, spot });
  };
  const user = single(service, 'user');
  if (user && /^(?:root|0)(?::|$)/.test(textOf(user) ?? '')) add('root', user);
  const privileged = single(service, 'privileged');
  if (privileged && flagOf(privileged)) add('privileged', privileged);
  const capability = items(service, 'cap_add').find((item) => WIDE_CAPABILITY.test(textOf(item) ?? ''));
  if (capability) add('privileged', capability);
  for (const item of items(service, 'volumes')) {
    const short = filled(compose, item)?.text;
    const path = short ? mounted(short) : (filled(compose, at(item, 'source'))?.text ?? '');
    if (SOCKET.test(path)) add('docker-socket', item);
    else if (/^(?:[/~]|[A-Za-z]:[\\/])/.test(path) && !/^\/etc\/(?:localtime|timezone)$/.test(path))
      add('host-mount', item);
  }
  const api = single(service, 'use_api_socket');
  if (api && flagOf(api)) add('docker-socket', keySpot(service, 'use_api_socket'));
  const network = single(service, 'network_mode');
  if (network && textOf(network) === 'host') add('host-network', network);
  return found;
}

/** What a service says about the container it runs in: privileges, and the controls that it shows or switches off. */
export function hardeningOf(
  compose: Compose,
  service: Service,
): { attributes: Record<string, FactValue>; controls: Record<string, FactValue> } {
  const { file } = compose;
  const attributes: Record<string, FactValue> = {};
  const controls: Record<string, FactValue> = {};
  const privileges = privilegesOf(compose, service);
  const [worst] = privileges;
  if (worst) {
    attributes.privileges = given(
      privileges.map(({ word }) => word),
      worst.spot,
      file,
    );
    controls.hardened_runtime = given(false, worst.spot, file);
  }
  const user = textOf(single(service, 'user'));
  const drops = items(service, 'cap_drop').some((item) => /^all$/i.test(textOf(item) ?? ''));
  if (!worst && user !== null && drops && flagOf(single(service, 'read_only')))
    controls.hardened_runtime = given(true, keySpot(service, 'read_only'), file);
  const limits = [
    single(service, 'mem_limit'),
    at(single(service, 'deploy'), 'resources', 'limits'),
    single(service, 'cpus'),
  ].find((limit) => limit !== null);
  if (limits) controls.resource_limits = given(true, limits, file);
  const apparmor = items(service, 'security_opt').find((item) =>
    textsOf(item).some((text) => /(?:seccomp|apparmor)[:=]unconfined/.test(text)),
  );
  if (apparmor) controls.hardened_runtime = given(false, apparmor, file);
  return { attributes, controls };
}
