import type { Fact, Reader } from '../fact.ts';
import { at, entriesOf, isMap, itemsOf, readTrees, type Tree, textOf, unreadOf } from '../tree.ts';
import { kagentFacts } from './kagent.ts';
import type { Manifest } from './manifest.ts';
import { networkPolicy, serviceExposure } from './network.ts';
import { workloadFacts } from './workload.ts';

const MANIFEST = /^[ \t-]*["']?apiVersion["']?\s*:/m;
const KIND =
  /^[ \t-]*["']?kind["']?\s*:\s*["']?(?:Deployment|StatefulSet|DaemonSet|Job|CronJob|Pod|ReplicaSet|NetworkPolicy|Service|Agent|SandboxAgent|ModelConfig|RemoteMCPServer|MCPServer|MCPRemoteProxy|ToolServer)\b/m;

/**
 * Kubernetes manifests, for what proves or contradicts a control: security contexts, limits, network policies, service
 * accounts; and agents, tools and models of kagent and ToolHive. Templates of Helm are no YAML and are left unread.
 */
export const kubernetesReader: Reader = {
  name: 'kubernetes',
  wants: (path) =>
    /\.ya?ml$/i.test(path) && !/(?:^|\/)\.github\/|(?:^|[/._-])compose[\w.-]*\.ya?ml$/i.test(path),
  read: (path, text) => {
    if (!MANIFEST.test(text) || !KIND.test(text)) return null;
    const template = /^.*\{\{/m.exec(text);
    if (template && /\{\{-?\s*(?:\.|if|include|range|with|toYaml|define|tpl|template|\$)/.test(text))
      return {
        facts: [],
        unread: [
          {
            file: path,
            line: lineOf(text, template.index),
            why: 'it is a template; what it renders to can be read',
          },
        ],
      };
    const { documents, problems } = readTrees(path, text);
    const manifests = documents.flatMap((document) => manifestsOf(path, document));
    return {
      facts: manifests.flatMap((manifest) => factsOf(manifest).map((fact) => addressed(fact, manifest))),
      unread: unreadOf(path, problems),
    };
  },
};

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

function manifestsOf(file: string, tree: Tree, inList = false): Manifest[] {
  const kind = textOf(at(tree, 'kind'));
  const version = textOf(at(tree, 'apiVersion'));
  if (!isMap(tree) || kind === null || version === null) return [];
  if (kind === 'List' && !inList)
    return itemsOf(at(tree, 'items')).flatMap((item) => manifestsOf(file, item, true));
  const name = at(tree, 'metadata', 'name') ?? at(tree, 'metadata', 'generateName');
  if (!name || textOf(name) === null) return [];
  return [
    {
      file,
      map: tree,
      kind,
      group: version.includes('/') ? version.slice(0, version.indexOf('/')) : '',
      name: textOf(name)!,
      namespace: textOf(at(tree, 'metadata', 'namespace')),
      spot: name,
      path: ['metadata', 'name'],
    },
  ];
}

/** Several documents of a file share every pointer into them: kind and name tell them apart. */
const addressed = (fact: Fact, { kind, name }: Manifest): Fact => ({
  ...fact,
  source: { ...fact.source, pointer: `${kind}/${name}` },
});

function factsOf(manifest: Manifest): Fact[] {
  const { group, kind } = manifest;
  if (/(?:^|\.)kagent\.dev$|(?:^|\.)stacklok\.dev$/.test(group)) return kagentFacts(manifest);
  if (kind === 'NetworkPolicy') return networkPolicy(manifest);
  if (kind === 'Service' && group === '') return serviceExposure(manifest);
  return entriesOf(manifest.map).length > 0 ? workloadFacts(manifest) : [];
}
