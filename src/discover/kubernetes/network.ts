import type { Fact } from '../fact.ts';
import { makeFact } from '../make.ts';
import { at, entriesOf, given, isMap, itemsOf, type Tree, textOf, textsOf } from '../tree.ts';
import type { Manifest } from './manifest.ts';

/** `{ app: agent }` as `app=agent`, in alphabetical order; null for none, as an empty selector selects everything. */
export const labelsOf = (tree: Tree | null): string[] =>
  entriesOf(tree)
    .flatMap(({ name, value }) => (textOf(value) === null ? [] : [`${name}=${textOf(value)}`]))
    .sort();

/** What a NetworkPolicy lets out: nothing or what it lists. One that restricts no egress says nothing. */
export function networkPolicy({ file, map, name, namespace, spot, path }: Manifest): Fact[] {
  const spec = at(map, 'spec');
  const egress = isMap(spec) ? spec.entries.get('egress') : undefined;
  const types = textsOf(at(spec, 'policyTypes'));
  if (!types.includes('Egress') && !(types.length === 0 && egress)) return [];
  // Selectors by expression are more than labels can tell.
  if (at(spec, 'podSelector', 'matchExpressions')) return [];
  const rules = itemsOf(egress ? at(spec, 'egress') : null);
  // A rule without `to` lets traffic to everywhere out.
  const open = rules.some(
    (rule) => !at(rule, 'to') || itemsOf(at(rule, 'to')).length === 0 || anyAddress(rule),
  );
  const where = egress?.key ?? at(spec, 'policyTypes') ?? spot;
  return [
    makeFact({
      kind: 'policy',
      name,
      spot,
      path,
      reader: 'kubernetes',
      attributes: {
        kind: given('network-policy', spot, file),
        egress: given(open ? 'any' : rules.length === 0 ? 'none' : 'allow-list', where, file),
        selector: given(labelsOf(at(spec, 'podSelector', 'matchLabels')), where, file),
        namespace: namespace === null ? null : given(namespace, spot, file),
      },
    }),
  ];
}

const anyAddress = (rule: Tree): boolean =>
  itemsOf(at(rule, 'to')).some((to) => {
    const block = at(to, 'ipBlock');
    return /^(?:0\.0\.0\.0\/0|::\/0)$/.test(textOf(at(block, 'cidr')) ?? '');
  });

/** A Service that can be reached from outside the cluster; one that cannot says nothing. */
export function serviceExposure({ file, map, name, namespace, spot, path }: Manifest): Fact[] {
  const type = at(map, 'spec', 'type');
  if (!type || !['LoadBalancer', 'NodePort'].includes(textOf(type) ?? '')) return [];
  const internal = entriesOf(at(map, 'metadata', 'annotations')).some(
    ({ name, value }) => /internal/i.test(name) && !/^false$/i.test(textOf(value) ?? ''),
  );
  const selector = at(map, 'spec', 'selector');
  if (internal || labelsOf(selector).length === 0) return [];
  return [
    makeFact({
      kind: 'policy',
      name,
      spot,
      path,
      reader: 'kubernetes',
      attributes: {
        kind: given('exposure', spot, file),
        exposure: given('public', type, file),
        selector: given(labelsOf(selector), selector!, file),
        namespace: namespace === null ? null : given(namespace, spot, file),
      },
    }),
  ];
}
