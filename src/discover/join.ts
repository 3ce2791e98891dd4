import type { Fact, FactKind } from './fact.ts';
import {
  type Component,
  compare,
  type Draft,
  type DraftLink,
  type Joined,
  type JoinedLink,
  type Offer,
  type OpenLink,
} from './join/component.ts';
import { addOnce, fillFromDeployment, liftFlows, placeOnHosts, servicesBehind } from './join/deployment.ts';
import { modelsOfVariables } from './join/env-models.ts';
import { giveIds } from './join/ids.ts';
import { inOrder, joinedAll, merge, NONE } from './join/merge.ts';
import { offersOf } from './join/offers.ts';
import { applyCover, applySelectors } from './join/policies.ts';
import { Index, isComponent } from './join/resolve.ts';
import { sameThings } from './join/same.ts';

export type {
  Component,
  Dispute,
  Joined,
  JoinedLink,
  JoinedValue,
  Note,
  Offer,
  OpenLink,
} from './join/component.ts';

/**
 * All facts of one repository as components whose links lead to each other. Facts of one thing become one component;
 * what links to nothing stays open, with its place. The order of `facts` does not matter.
 */
export const joinFacts = (facts: readonly Fact[]): Joined => joinTaken([...facts]);

/** The same of facts that nobody else needs: the list is empty afterwards, so that not all is there twice. */
export function joinTaken(facts: Fact[]): Joined {
  const { whole, notes, offers, secrets } = draftsOf(facts);
  for (const draft of whole) {
    draft.traces = draft.facts.map(({ name, reader, source }) => ({ name, reader, source }));
    draft.facts = [];
  }
  giveIds(whole);
  const components: Component[] = [];
  // Out of the list as they are finished, for the same reason.
  for (let draft = whole.pop(); draft; draft = whole.pop())
    components.push(finished(draft, offers.get(draft) ?? NONE));
  return {
    components: components.sort((a, b) => compare(a.kind, b.kind) || compare(a.id, b.id)),
    notes: notes.map(({ fact, links, open }) => ({ fact, links: linksOf(links), open })),
    secrets,
  };
}

function draftsOf(facts: Fact[]) {
  const ordered = inOrder(facts);
  facts.length = 0;
  const of = (...kinds: FactKind[]) => ordered.filter(({ kind }) => kinds.includes(kind));
  const drafts = sameThings(ordered.filter(({ kind }) => isComponent(kind))).map(merge);
  link(drafts);
  placeOnHosts(drafts);
  fillFromDeployment(drafts);
  const whole = withoutDoubles(drafts, servicesBehind(drafts));
  whole.push(...modelsOfVariables(whole));
  liftFlows(whole);
  const notes = notesOf(of('policy', 'workflow'), whole);
  return { whole, notes, offers: offersOf(of('action'), whole), secrets: of('secret') };
}

/** What policies and workflows speak of, which is added to the drafts where it says something about them. */
function notesOf(facts: readonly Fact[], whole: readonly Draft[]) {
  if (facts.length === 0) return [];
  applySelectors(facts, whole);
  const index = new Index(whole, facts);
  const resolved = facts.map((fact) => ({ fact, ...resolve(fact, index) }));
  for (const { fact, links } of resolved) {
    const covered = links.filter(({ as }) => as === 'covers').map(({ to }) => to);
    applyCover(fact, covered);
    for (const from of links.filter(({ as }) => as === 'from'))
      for (const to of covered) addOnce(from.to, { ...from, as: 'flows', to });
  }
  return resolved;
}

function link(drafts: readonly Draft[]): void {
  const index = new Index(
    drafts,
    drafts.flatMap(({ facts }) => facts),
  );
  for (const draft of drafts)
    for (const fact of draft.facts) {
      const { links, open } = resolve(fact, index);
      for (const each of links) addOnce(draft, each);
      for (const each of open)
        if (!draft.open.some(({ as, to }) => as === each.as && to === each.to))
          draft.open = [...draft.open, each];
    }
}

function resolve(fact: Fact, index: Index): { links: DraftLink[]; open: OpenLink[] } {
  const links: DraftLink[] = [];
  const open: OpenLink[] = [];
  for (const each of fact.links) {
    const found = index.target(each, fact);
    const { as, line, column } = each;
    const file = each.file ?? fact.source.file;
    if (typeof found === 'string')
      open.push({ as, to: each.to, toKind: each.toKind, file, line, column, why: found });
    else links.push({ as, to: found, file, line, column, attributes: joinedAll(each.attributes, fact) });
  }
  return { links, open };
}

/** The drafts without those that are another one; links to them lead there, and what they say is added. */
function withoutDoubles(drafts: readonly Draft[], doubles: ReadonlyMap<Draft, Draft>): Draft[] {
  if (doubles.size === 0) return [...drafts];
  const merged = new Map<Draft, Draft>();
  const kept = drafts.filter((draft) => !doubles.has(draft));
  const whole = kept.map((draft) => {
    const twins = [...doubles].filter(([, to]) => to === draft).map(([from]) => from);
    if (twins.length === 0) return draft;
    const all = [draft, ...twins];
    const one: Draft = {
      ...draft,
      facts: all.flatMap(({ facts }) => facts),
      attributes: Object.assign({}, ...all.map(({ attributes }) => attributes).reverse()),
      controls: Object.assign({}, ...all.map(({ controls }) => controls).reverse()),
      links: all.flatMap(({ links }) => links),
      open: all.flatMap(({ open }) => open),
    };
    for (const each of all) merged.set(each, one);
    return one;
  });
  for (const draft of whole) {
    const links = draft.links;
    draft.links = [];
    for (const each of links) addOnce(draft, { ...each, to: merged.get(each.to) ?? each.to });
  }
  return whole;
}

function finished(draft: Draft, offers: readonly Offer[]): Component {
  const { kind, name, attributes, controls, open, disputes, traces, plane, confidence } = draft;
  const sources = traces.map(({ source }) => source);
  return {
    id: draft.id,
    kind,
    name,
    attributes,
    controls,
    links: linksOf(draft.links),
    open,
    offers,
    disputes,
    sources: sources.filter(
      (source, i) =>
        sources.findIndex((each) => each.file === source.file && each.pointer === source.pointer) === i,
    ),
    plane,
    confidence,
    facts: traces,
  };
}

const linksOf = (links: readonly DraftLink[]): readonly JoinedLink[] =>
  links.length === 0
    ? NONE
    : links.map(({ as, to, file, line, column, attributes }) => ({
        as,
        to: to.id,
        file,
        line,
        column,
        attributes,
      }));
