import { environmentFacts, plainSecret } from '../compose/access.ts';
import type { Setting } from '../compose/environment.ts';
import { parseImage, roleOf } from '../compose/images.ts';
import type { Fact, FactValue } from '../fact.ts';
import { linkTo, makeFact } from '../make.ts';
import { at, flagOf, given, itemsOf, known, type Tree, textOf, textsOf } from '../tree.ts';
import type { Manifest } from './manifest.ts';
import { labelsOf } from './network.ts';

/** The pod that an object of each kind starts. */
const PODS: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** A workload as a host, and, where its image is known, the store, model or tool that runs on it. */
export function workloadFacts(manifest: Manifest): Fact[] {
  const { file, kind, map, name, spot, path } = manifest;
  const steps = PODS[kind];
  const pod = steps ? at(map, ...steps) : null;
  const spec = at(pod, 'spec');
  const containers = itemsOf(at(spec, 'containers'));
  const [main] = containers;
  if (!pod || !spec || !main) return [];
  const image = at(main, 'image');
  const reference = textOf(image);
  const role = reference === null ? null : roleOf(reference);
  const settings = containers.flatMap(settingsOf);
  const secret = plainSecret(settings);
  const { privileges, controls } = hardeningOf(spec, containers, file);
  const account = at(spec, 'serviceAccountName') ?? at(spec, 'serviceAccount');
  const token = at(spec, 'automountServiceAccountToken');
  const host: Fact = {
    ...makeFact({
      kind: 'host',
      name,
      spot,
      path,
      reader: 'kubernetes',
      attributes: {
        kind: given('kubernetes', spot, file),
        image: image && reference !== null ? given(reference, image, file) : null,
        privileges,
        namespace: manifest.namespace === null ? null : given(manifest.namespace, spot, file),
        labels: given(labelsOf(at(pod, 'metadata', 'labels')), spot, file),
        service_account: account && textOf(account) !== null ? given(textOf(account)!, account, file) : null,
        service_account_token: token && flagOf(token) !== null ? given(flagOf(token)!, token, file) : null,
      },
      controls: { ...controls, secrets_manager: secret ? given(false, secret.spot, file) : null },
    }),
    environment: environmentFacts(settings, file),
  };
  if (!role || role.kind === 'host' || !image || reference === null) return [host];
  const version = parseImage(reference).version;
  const named = makeFact({
    kind: role.kind,
    name,
    spot,
    path,
    reader: 'kubernetes',
    attributes: {
      kind: role.is === '' ? null : given(role.is, image, file),
      version: version === null || role.kind === 'model' ? null : given(version, image, file),
      hosting: role.kind === 'model' ? given('self-hosted', image, file) : null,
    },
    links: [linkTo('runs_on', 'host', name, spot, file)],
  });
  return [named, host];
}

function settingsOf(container: Tree): Setting[] {
  return itemsOf(at(container, 'env')).flatMap((item) => {
    const name = at(item, 'name');
    if (!name || textOf(name) === null) return [];
    const value = textOf(at(item, 'value'));
    return [
      {
        name: textOf(name)!,
        value,
        shown: value ?? '',
        literal: value !== null && !value.includes('$('),
        spot: name,
      },
    ];
  });
}

/** What the security contexts of a pod and of all of its containers prove or contradict. */
function hardeningOf(
  spec: Tree,
  containers: readonly Tree[],
  file: string,
): { privileges: FactValue | null; controls: Record<string, FactValue> } {
  const podContext = at(spec, 'securityContext');
  const effective = (container: Tree, key: string): Tree | null =>
    at(container, 'securityContext', key) ?? at(podContext, key);
  const found = containers.flatMap((container) => privilegesOf(container, effective));
  const network = at(spec, 'hostNetwork');
  if (network && flagOf(network)) found.push({ word: 'host-network', where: network });
  for (const volume of itemsOf(at(spec, 'volumes'))) {
    const path = at(volume, 'hostPath', 'path');
    if (path)
      found.push({ word: /\.sock$/.test(textOf(path) ?? '') ? 'docker-socket' : 'host-mount', where: path });
  }
  const [worst] = found;
  const first = at(containers[0]!, 'securityContext') ?? podContext;
  const hardened = containers.every((container) => isHardened(container, effective));
  const limits = containers.map((container) => at(container, 'resources', 'limits'));
  return {
    privileges: worst ? given([...new Set(found.map(({ word }) => word))], worst.where, file) : null,
    controls: known({
      hardened_runtime: worst
        ? given(false, worst.where, file)
        : hardened && first
          ? given(true, first, file)
          : null,
      resource_limits: limits.every((limit) => limit && at(limit, 'memory'))
        ? given(true, limits[0]!, file)
        : null,
    }),
  };
}

type Effective = (container: Tree, key: string) => Tree | null;

function privilegesOf(container: Tree, effective: Effective): { word: string; where: Tree }[] {
  const found: { word: string; where: Tree }[] = [];
  const privileged = effective(container, 'privileged');
  if (privileged && flagOf(privileged)) found.push({ word: 'privileged', where: privileged });
  const added = at(container, 'securityContext', 'capabilities', 'add');
  if (added && textsOf(added).some((name) => /^(?:ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE)$/.test(name)))
    found.push({ word: 'privileged', where: added });
  const user = effective(container, 'runAsUser');
  if (user && textOf(user) === '0') found.push({ word: 'root', where: user });
  return found;
}

/** Not root, read-only, no way to more rights, no capabilities: everything has to be written. */
function isHardened(container: Tree, effective: Effective): boolean {
  const drops = textsOf(at(container, 'securityContext', 'capabilities', 'drop'));
  const user = textOf(effective(container, 'runAsUser'));
  return (
    (flagOf(effective(container, 'runAsNonRoot')) === true || (user !== null && user !== '0')) &&
    flagOf(at(container, 'securityContext', 'readOnlyRootFilesystem')) === true &&
    flagOf(at(container, 'securityContext', 'allowPrivilegeEscalation')) === false &&
    drops.some((name) => /^all$/i.test(name))
  );
}
