import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { SECTIONS } from './components.mjs';
import { random } from './random.mjs';

/** The file that every piece of evidence in a synthetic description names; whoever writes the description makes it too. */
export const EVIDENCE = 'runbooks/incident.md';

/** Systems grow by teams: most references stay among this many neighbours, the others go anywhere. */
const NEIGHBOURS = 60;
const NEARBY = 0.85;

const IDS = /\b(?:zone|actor|model|store|agent|tool|host|monitor|service|peer)_\d+\b/g;

const vocabulary = parse(readFileSync(new URL('../rules/controls.yaml', import.meta.url), 'utf8')).controls;
const controlNames = Object.entries(vocabulary).filter(([, control]) => !control.deprecated);

/**
 * A valid description of `size` components (boundaries come on top), the same for the same size, with all sections, all
 * three forms of a reference, grants, controls and flows. Gives the text, and how many edges it holds. The first `core`
 * agents hand tasks to each other, every one to every other.
 */
export function describe(size, core = 0) {
  const r = random(size);
  const ids = plan(size);
  const lines = [
    'maestro: 1',
    '',
    'system:',
    `  name: synthetic-${size}`,
    '  criticality: high',
    '  tenancy: multi-user',
  ];
  lines.push('', 'boundaries:', ...boundaries(ids.boundary));
  for (const [section, kind, , write] of SECTIONS) {
    lines.push('', `${section}:`);
    ids[kind].forEach((id, i) => {
      const refs = references(r, ids, id, i / ids[kind].length);
      const all =
        kind === 'agent' && i < core ? ids.agent.slice(0, core).filter((other) => other !== id) : [];
      const written = write({ r, refs, controls: controls(r) });
      lines.push(
        `  ${id}:`,
        ...(all.length > 0 ? inCore(written, all) : written).map((line) => `    ${line}`),
      );
    });
  }
  const flowing = flows(r, ids, Math.max(1, Math.round(size / 10)));
  lines.push('', 'flows:', ...flowing);
  lines.push('', 'controls:', '  red_teaming: { last: 2026-09-01, every: 90d }', '');
  const text = lines.join('\n');
  // Every id but those that say what a component is called is one end of an edge; of flows both ends are written.
  const edges = text.match(IDS).length - Object.values(ids).flat().length - flowing.length;
  return { text, components: size, edges, lines: lines.length };
}

/** What an agent says, with everybody it hands tasks to in place of whom it chose. */
const inCore = (lines, all) => [
  `delegates_to: [${all.join(', ')}]`,
  ...lines.filter((line) => !line.startsWith('delegates_to')),
];

/** The ids of every kind, in numbers that add up to `size`. */
function plan(size) {
  const ids = { boundary: named('zone', Math.max(4, Math.round(size / 20))) };
  let left = size;
  for (const [, kind, share] of SECTIONS) {
    const count = kind === 'peer' ? left : Math.round(size * share);
    left -= count;
    ids[kind] = named(kind, count);
  }
  return ids;
}

const named = (kind, count) => Array.from({ length: count }, (_, i) => `${kind}_${i}`);

const boundaries = (ids) =>
  ids.map((id, i) => {
    const trust = ['untrusted', 'partner', 'internal', 'restricted'][i % 4];
    return `  ${id}: { trust: ${trust}${i >= 4 ? `, within: ${ids[i % 4]}` : ''} }`;
  });

/** Picks ids for a component that stands at `place` (0 to 1) of its section. */
function references(r, ids, own, place) {
  const one = (kind) => {
    const all = ids[kind];
    const window = Math.max(1, Math.round((all.length * NEIGHBOURS) / Object.values(ids).flat().length));
    const near = r.chance(NEARBY) && window < all.length;
    const from = Math.floor(place * (all.length - window));
    const id = near ? all[from + r.below(window)] : r.pick(all);
    return id === own ? all[(all.indexOf(id) + 1) % all.length] : id;
  };
  return { one, many: (kind, most) => [...new Set(Array.from({ length: most }, () => one(kind)))] };
}

/** A control block of at most `most` lines; half of all components have none, as descriptions do before a review. */
const controls = (r) => (kind, most) => {
  if (r.chance(0.5)) return [];
  const fitting = controlNames.filter(([, control]) => control.for.includes(kind)).map(([name]) => name);
  const values = ['true', 'true', 'planned', `{ evidence: ${EVIDENCE} }`, '{ last: 2026-09-01, every: 90d }'];
  return ['controls:', ...r.some(fitting, 1 + r.below(most)).map((name) => `  ${name}: ${r.pick(values)}`)];
};

const flows = (r, ids, count) =>
  Array.from({ length: count }, (_, i) => {
    const refs = references(r, ids, '', i / count);
    const auth = r.chance(0.5) ? ', auth: mtls' : '';
    return `  - { from: ${refs.one(r.pick(['peer', 'actor']))}, to: ${refs.one('agent')}${auth} }`;
  });
