import type { Other, Reader, Reading, Unread } from '../fact.ts';
import { folderOf } from '../paths.ts';
import { at, entriesOf, isMap, readTrees, unreadOf } from '../tree.ts';
import type { Target } from './edges.ts';
import { serviceFacts, serviceRole } from './facts.ts';
import { topModels } from './models.ts';
import { baseFile, type Compose, hostNames, servicesOf } from './service.ts';
import { readEnv } from './variables.ts';

const NAME = /(?:^|[/._-])compose(?:[._-][\w.-]*)?\.ya?ml$/i;

/**
 * Compose files: services by their image as stores, models, tools, monitors and services, all others as hosts; with
 * ports, privileges and who is told about whom. Files of a chain are read together.
 */
export const composeReader: Reader = {
  name: 'compose',
  wants: (path) => NAME.test(path),
  read: (path, text, other) => {
    const { documents, problems } = readTrees(path, text);
    const root = documents.find((each) => at(each, 'services') ?? at(each, 'models'));
    if (!isMap(root ?? null)) return null;
    return readCompose(path, root as Compose['root'], other, unreadOf(path, problems));
  },
};

function readCompose(file: string, root: Compose['root'], other: Other, unread: Unread[]): Reading {
  const folder = folderOf(file);
  const env = other(folder === '' ? '.env' : `${folder}/.env`);
  const values = new Map(readEnv(env ?? '').map(({ name, value }) => [name, value]));
  const compose: Compose = { file, other, values, base: baseFile(file, other), root };
  const services = servicesOf(compose);
  const roles = new Map(services.map((service) => [service, serviceRole(compose, service)]));
  const targets = new Map<string, Target>();
  for (const [service, role] of [...baseServices(compose), ...roles])
    for (const name of hostNames(service)) targets.set(name, { name: service.name, role });
  const wrong = entriesOf(at(root, 'services'))
    .filter(({ value }) => !isMap(value))
    .map(({ key, name }) => ({ file, line: key.line, why: `the service ${name.slice(0, 100)} is no map` }));
  return {
    facts: [
      ...services.flatMap((service) => serviceFacts(compose, service, roles.get(service)!, targets)),
      ...topModels(compose),
    ],
    unread: [...unread, ...wrong],
  };
}

/** Services of the file that this one changes: its own may name them. */
function baseServices(compose: Compose): [ReturnType<typeof servicesOf>[number], Target['role']][] {
  const { base } = compose;
  if (!base || !isMap(base.root)) return [];
  const below: Compose = { ...compose, file: base.file, base: null, root: base.root };
  return servicesOf(below).map((service) => [service, serviceRole(below, service)]);
}
