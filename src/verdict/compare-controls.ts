import { mask } from '../finding/secrets.ts';
import { type Component, type Edge, type System, textOf } from '../model/system.ts';
import { type Data, type DataMap, isDataMap, type Path, type YamlFile } from '../model/yaml.ts';
import { type Claim, claimsOf } from '../rules/claims.ts';
import { inForce } from '../rules/enforces.ts';
import { isEdge, isPermit } from '../rules/subject.ts';
import { nodeOf } from './compare-canonical.ts';
import { placeOf, rulesOf } from './compare-grants.ts';
import { compareAmounts, shifts, steps } from './compare-strength.ts';
import type { Pair } from './compare-systems.ts';
import type { ControlChange } from './comparison.ts';

export interface Controls {
  readonly added: ControlChange[];
  readonly removed: ControlChange[];
  readonly weakened: ControlChange[];
}

/** Controls of what is on both sides, and the facts that protect like one. */
export function compareControls(pair: Pair): Controls {
  const found: Controls = { added: [], removed: [], weakened: [] };
  claims(pair, found);
  facts(pair, found);
  return found;
}

/** Notes one change under what the head calls its subject. */
function note(
  list: ControlChange[],
  { head }: Pair,
  subject: readonly string[],
  control: string,
  how: string,
  at: { readonly origin: YamlFile; readonly path: Path },
): void {
  const ids = subject.length > 0 ? subject : [head.name];
  list.push({
    system: mask(head.name),
    subject: ids.map(mask),
    control: mask(control),
    how: mask(how),
    at: placeOf(at.origin, at.path),
  });
}

function claims(pair: Pair, found: Controls): void {
  const { base, head, naming } = pair;
  const same = (id: string) => id;
  const before = keyed(base, naming);
  const after = keyed(head, same);
  const [were, are] = [subjectsOf(base, naming), subjectsOf(head, same)];
  for (const [key, claim] of after) {
    const earlier = before.get(key);
    const held = earlier !== undefined && inForce(earlier.value);
    const holds = inForce(claim.value);
    if (!were.has(subjectKey(claim, same))) continue;
    if (held && !holds) {
      const status = isDataMap(claim.value) ? claim.value['status'] : claim.value;
      note(found.weakened, pair, claim.ids, claim.control, `now ${status ?? 'not in force'}`, claim);
    } else if (!held && holds) note(found.added, pair, claim.ids, claim.control, 'added', claim);
    else if (held && holds) {
      for (const how of weaknesses(earlier.value, claim.value))
        note(found.weakened, pair, claim.ids, claim.control, how, claim);
    }
  }
  for (const [key, claim] of before) {
    if (after.has(key) || !inForce(claim.value) || !are.has(subjectKey(claim, naming))) continue;
    const ids = claim.ids.map((id) => nodeOf(id, naming));
    note(found.removed, pair, ids, claim.control, 'removed', claim);
  }
}

function keyed(system: System, naming: (id: string) => string): Map<string, Claim> {
  const found = new Map<string, Claim>();
  for (const claim of claimsOf(system)) {
    const key = JSON.stringify([subjectKey(claim, naming), claim.control]);
    // Of two flows between the same ends each counts, in the order in which the system has them.
    let free = key;
    for (let n = 2; found.has(free); n++) free = `${key}#${n}`;
    found.set(free, claim);
  }
  return found;
}

/** What a control stands on, as both sides call it. */
function subjectKey({ subject, ids }: Claim, naming: (id: string) => string): string {
  if (subject === null) return '';
  if (isPermit(subject)) return edgeKey(subject.grant, naming);
  return isEdge(subject) ? edgeKey(subject, naming) : nodeOf(ids[0]!, naming);
}

const edgeKey = ({ key, from, to }: Edge, naming: (id: string) => string): string =>
  JSON.stringify([key, nodeOf(from.id, naming), nodeOf(to.id, naming)]);

function subjectsOf(system: System, naming: (id: string) => string): Set<string> {
  const found = new Set(['']);
  for (const edge of edgesOfAll(system)) found.add(edgeKey(edge, naming));
  for (const component of system.components)
    for (const each of [component, ...component.actions]) found.add(nodeOf(each.id, naming));
  return found;
}

const edgesOfAll = ({ components, flows }: System): Edge[] => [
  ...components.flatMap(({ out }) => [...out.values()].flat()),
  ...flows,
];

/** In which ways a control that is still there says less than before. */
function weaknesses(before: Data, after: Data): string[] {
  const [was, is] = [detailsOf(before), detailsOf(after)];
  const text = (raw: DataMap, key: string) => (typeof raw[key] === 'string' ? (raw[key] as string) : '');
  const [from, to] = [text(was, 'value'), text(is, 'value')];
  const [last, lastNow] = [text(was, 'last'), text(is, 'last')];
  const [every, everyNow] = [text(was, 'every'), text(is, 'every')];
  return [
    ...(was['evidence'] && !is['evidence'] ? ['evidence is gone'] : []),
    ...(from !== '' && to === '' ? [`no longer says ${from}`] : []),
    ...(from !== '' && to !== '' && from !== to && compareAmounts(from, to) > 0 ? [`${from} → ${to}`] : []),
    ...(last !== '' && lastNow === '' ? ['no longer tested'] : []),
    ...(last !== '' && lastNow !== '' && lastNow < last ? [`last tested ${last} → ${lastNow}`] : []),
    ...(every !== '' && everyNow === '' ? [`no longer tested every ${every}`] : []),
    ...(every !== '' && everyNow !== '' && every !== everyNow && compareAmounts(every, everyNow) > 0
      ? [`tested every ${every} → ${everyNow}`]
      : []),
  ];
}

const detailsOf = (value: Data): DataMap =>
  isDataMap(value) ? value : typeof value === 'string' ? { value } : {};

/** Facts that do what a control does: who has to approve, how callers prove who they are, what can be reached. */
function facts(pair: Pair, found: Controls): void {
  const { base, head, naming } = pair;
  for (const before of base.components) {
    const after = head.byId.get(naming(before.id));
    if (!after || after.kind !== before.kind) continue;
    component(pair, before, after, found);
    const actions = new Map(after.actions.map((action) => [action.id, action]));
    for (const action of before.actions) {
      const now = actions.get(nodeOf(action.id, naming));
      if (now) shifted(pair, [now.id], action.raw, now.raw, now, found);
    }
  }
  const edges = new Map(edgesOfAll(head).map((edge) => [edgeKey(edge, (id) => id), edge]));
  for (const edge of edgesOfAll(base)) {
    const now = edges.get(edgeKey(edge, naming));
    // What an agent may do with a tool is told among grants.
    if (now && edge.definition !== 'grant')
      shifted(pair, [now.from.id, now.to.id], rulesOf(edge, now), rulesOf(now, edge), now, found);
  }
}

/** Words that let more in, by key: a higher one in the order of the schema is the weaker one. */
const WEAKER_UPWARDS = ['exposure', 'egress', 'trust'];

function component(pair: Pair, before: Component, after: Component, found: Controls): void {
  shifted(pair, [after.id], before.raw, after.raw, after, found);
  for (const key of WEAKER_UPWARDS) {
    if (steps(after.definition, key, before.raw, after.raw) <= 0) continue;
    const how = `${textOf(before.raw, key)} → ${textOf(after.raw, key)}`;
    note(found.weakened, pair, [after.id], key, how, { origin: after.origin, path: [...after.path, key] });
  }
}

function shifted(
  pair: Pair,
  ids: readonly string[],
  before: DataMap,
  after: DataMap,
  at: { readonly origin: YamlFile; readonly path: Path },
  found: Controls,
): void {
  for (const { what, how, is, wholly } of shifts(before, after)) {
    const list = is === 'weaker' ? (wholly ? found.removed : found.weakened) : wholly ? found.added : null;
    if (list) note(list, pair, ids, what, how, { origin: at.origin, path: [...at.path, ...what.split('.')] });
  }
}
