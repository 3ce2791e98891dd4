import type { Fact, FactLink, FactValue } from '../fact.ts';
import { folderOf, pathFrom } from '../paths.ts';
import { at, given, known, listed, sourceAt, textOf, unknown } from '../tree.ts';
import { authOf, environmentFacts, plainSecret } from './access.ts';
import { edgesOf, type Target } from './edges.ts';
import { environmentOf } from './environment.ts';
import { egressOf, exposureOf } from './exposure.ts';
import { gatewayOf, serverFact } from './gateway.ts';
import { hardeningOf } from './hardening.ts';
import { type ImageRole, parseImage, roleOf } from './images.ts';
import { modelFacts, modelLinks, modelVariables } from './models.ts';
import { type Compose, filled, type Service, single } from './service.ts';

const HOST: ImageRole = { kind: 'host', is: 'container' };

/** What a service is: by its image, unless that is built here, when only the code can say. */
export function serviceRole(compose: Compose, service: Service): ImageRole {
  if (textOf(at(single(service, 'provider'), 'type')) === 'model') return { kind: 'model', is: '' };
  const image = filled(compose, single(service, 'image'))?.text;
  return (image && !single(service, 'build') && roleOf(image)) || HOST;
}

/** Where controls of a container may stand: on these kinds themselves, else on a host of their own. */
const HOLDS: Readonly<Record<string, readonly string[]>> = {
  hardened_runtime: ['host', 'tool'],
  resource_limits: ['host', 'tool', 'agent'],
  egress_filtering: ['host'],
  secrets_manager: ['host', 'tool', 'model', 'agent', 'service'],
};

/** All that one service of a compose file shows. */
export function serviceFacts(
  compose: Compose,
  service: Service,
  role: ImageRole,
  targets: ReadonlyMap<string, Target>,
): Fact[] {
  const { file } = compose;
  const settings = environmentOf(compose, service);
  const hardening = hardeningOf(compose, service);
  const egress = egressOf(compose, service);
  const gateway = role.is === 'mcp-proxy' ? gatewayOf(compose, service) : null;
  const secret = plainSecret(settings);
  const controls: Record<string, FactValue> = {
    ...hardening.controls,
    ...gateway?.controls,
    ...(secret ? { secrets_manager: given(false, secret.spot, file) } : {}),
  };
  const hostOnly = known({ ...hardening.attributes, egress });
  const own = Object.entries(controls).filter(([name]) => HOLDS[name]?.includes(role.kind));
  const rest = Object.entries(controls).filter(
    ([name]) => HOLDS[name]?.includes('host') && !HOLDS[name]!.includes(role.kind),
  );
  const needsHost =
    role.kind !== 'host' &&
    (Object.keys(hostOnly).length > 0 || rest.some(([name]) => name !== 'secrets_manager'));
  const runsOn: FactLink[] = needsHost
    ? [
        {
          as: 'runs_on',
          to: service.name,
          toKind: 'host',
          line: service.key.line,
          column: service.key.column,
        },
      ]
    : [];
  const behind = (gateway?.servers ?? []).map(({ name, spot: { line, column } }): FactLink => {
    return { as: 'flows', to: name, toKind: 'tool', line, column };
  });
  const base: Omit<Fact, 'kind' | 'attributes' | 'controls' | 'links'> = {
    name: service.name,
    source: { ...sourceAt(service.key, 'services', service.name), file },
    plane: /(?:^|\/)\.devcontainer\//.test(file) ? 'development' : 'runtime',
    confidence: 'declared',
    reader: 'compose',
    ...(service.overrides === null ? {} : { overrides: service.overrides }),
  };
  const main: Fact = {
    ...base,
    kind: role.kind,
    attributes: known({
      kind: role.is === '' ? null : given(role.is, single(service, 'image') ?? service.key, file),
      ...imageFacts(compose, service, role),
      ...(single(service, 'provider') ? {} : exposureOf(compose, service)),
      auth: role.kind === 'host' ? null : authOf(settings, file),
      ...gateway?.attributes,
      ...(role.kind === 'host' ? hostOnly : {}),
      profiles: listed(single(service, 'profiles'), file),
    }),
    controls: Object.fromEntries(own),
    links: [
      ...edgesOf(service, settings, targets, file),
      ...modelLinks(service, role, file),
      ...behind,
      ...runsOn,
    ],
    environment: { ...modelVariables(compose, service), ...environmentFacts(settings, file) },
  };
  const host: Fact = {
    ...base,
    kind: 'host',
    attributes: known({
      kind: given('container', service.key, file),
      ...imageFacts(compose, service, HOST),
      ...hostOnly,
    }),
    controls: Object.fromEntries(rest),
    links: [],
  };
  const servers = (gateway?.servers ?? []).map((server) => serverFact(compose, service, server));
  return [main, ...(needsHost ? [host] : []), ...servers];
}

/** What image and build say: for hosts where they come from, for models which one, for all others the version. */
function imageFacts(compose: Compose, service: Service, role: ImageRole): Record<string, FactValue | null> {
  const { file } = compose;
  const image = single(service, 'image');
  const reference = filled(compose, image);
  const place = image ?? service.key;
  if (role.kind === 'model') return modelFacts(compose, service, reference?.text ?? null);
  if (role.kind !== 'host') {
    const version = reference?.text ? parseImage(reference.text).version : null;
    return { version: version === null ? null : given(version, place, file) };
  }
  const build = single(service, 'build');
  const context = filled(compose, textOf(build) === null ? at(build, 'context') : build)?.text ?? '.';
  const folder = build ? pathFrom(folderOf(build.file), context) : null;
  return {
    image: !reference
      ? null
      : reference.text === null
        ? unknown('names the image in a variable', place, file, reference.variable ?? undefined)
        : given(reference.text, place, file),
    build: build && folder !== null ? given(folder, build, file) : null,
    target: build && at(build, 'target') ? listed(at(build, 'target'), file) : null,
  };
}
