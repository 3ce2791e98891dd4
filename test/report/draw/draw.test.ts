import { expect, test } from 'vitest';
import { arrowOf, drawn, edgeOf, nodeOf } from './fixture.ts';

const desk = drawn();
const arrow = (a: string, b: string, isFlow = true) => arrowOf(edgeOf(desk, a, b, isFlow));

test('an arrow points where content goes, by what each reference means', () => {
  expect(arrow('intake', 'wiki')).toBe('wiki → intake: read');
  expect(arrow('payer', 'claims')).toBe('payer → claims: written');
  expect(arrow('intake', 'notes')).toBe('intake ↔ notes: memory');
  expect(arrow('staff', 'intake')).toBe('staff ↔ intake: asks');
  expect(arrow('intake', 'llm')).toBe('intake ↔ llm: asks');
  expect(arrow('intake', 'payer')).toBe('intake → payer: delegates');
  expect(arrow('wiki', 'inbox')).toBe('inbox → wiki: ingested');
  expect(arrow('llm', 'claims')).toBe('claims → llm: trains');
  expect(arrow('trail', 'intake')).toBe('intake → trail: observed');
  expect(arrow('ledger', 'payer')).toBe('ledger → payer: https');
});

test('the way of a tool follows from what its actions do', () => {
  expect(arrow('intake', 'mail')).toBe('intake ↔ mail: fetch, send');
  expect(arrow('mail', 'inbox')).toBe('inbox → mail: fetch');
  expect(arrow('bank', 'ledger')).toBe('bank → ledger: pay');
  expect(arrow('bank', 'claims')).toBe('claims → bank: look');
  const reader = 'maestro: 1\nsystem: { name: a }\nagents: { a: { tools: { t: { actions: [r] } } } }\n';
  const tools = 'tools: { t: { kind: api, actions: { r: { effect: read }, w: { effect: write } } } }\n';
  expect(arrowOf(drawn(reader + tools).edges[0]!)).toBe('t → a: r');
  expect(arrowOf(drawn(reader.replace('[r]', '[w]') + tools).edges[0]!)).toBe('a → t: w');
});

test('what stands in front or publishes is dotted and moves nothing; hosts are told in words', () => {
  expect(arrow('guard', 'intake', false)).toBe('guard · intake: covers');
  expect(arrow('shop', 'bank', false)).toBe('shop · bank: publishes');
  expect(nodeOf(desk, 'intake').facts).toEqual(['agent', 'bounded', 'on cluster', 'public']);
  expect(desk.edges.some(({ from, to }) => [from, to].includes('cluster'))).toBe(false);
});

test('how a caller proves who it is: declared, declared as nothing, not declared', () => {
  expect(edgeOf(desk, 'staff', 'intake').auth).toEqual(['oidc']);
  expect(edgeOf(desk, 'intake', 'payer').auth).toEqual(['no auth']);
  expect(edgeOf(desk, 'intake', 'wiki').auth).toEqual([]);
  expect(edgeOf(desk, 'ledger', 'payer').auth).toEqual(['mtls']);
  // Nobody calls a model to train it.
  expect(edgeOf(desk, 'llm', 'claims').auth).toEqual([]);
});

test('two components are joined once, however many references join them', () => {
  const both = drawn(
    'maestro: 1\nsystem: { name: a }\nagents: { a: { reads: s, writes: s } }\ndata: { s: { auth: mtls } }\nflows:\n  - { from: s, to: a, protocol: https }\n',
  );
  expect(both.edges.map(arrowOf)).toEqual(['a ↔ s: https, read, written']);
  expect(both.edges[0]!.auth).toEqual(['mtls']);
});

test('facts by kind', () => {
  const facts = (id: string) => nodeOf(desk, id).facts.join(' · ');
  expect(facts('llm')).toBe('model · vendor');
  expect(facts('claims')).toBe('database · restricted');
  expect(facts('notes')).toBe('memory');
  expect(facts('bank')).toBe('payment · vendor');
  expect(facts('laptop')).toBe('workstation · development');
  expect(nodeOf(desk, 'llm').name).toBe('House model');
  expect(nodeOf(desk, 'intake').isPublic).toBe(true);
});

test('zones stand after those they are within; who has none of its own is in that of its host', () => {
  expect(desk.zones).toEqual([
    { id: 'attic', trust: '', within: null },
    { id: 'corp', trust: 'internal', within: null },
    { id: 'internet', trust: 'untrusted', within: null },
    { id: 'vault', trust: 'restricted', within: 'corp' },
  ]);
  expect(nodeOf(desk, 'payer').zone).toBe('corp');
  expect(nodeOf(desk, 'notes').zone).toBe(null);
  const nested =
    'maestro: 1\nsystem: { name: a }\nboundaries: { a: { within: z }, z: {}, o: { within: p }, p: { within: o } }\n';
  const { zones } = drawn(nested);
  expect(zones.map(({ id }) => id).indexOf('z')).toBeLessThan(zones.map(({ id }) => id).indexOf('a'));
  expect(zones).toHaveLength(4);
  // A circle is drawn open, so that each zone has a place.
  expect(zones.filter(({ id, within }) => 'op'.includes(id) && within === null)).toHaveLength(1);
});

test('what looks like a credential is masked', () => {
  const key = `AKIA${'Q'.repeat(16)}`;
  const { nodes, title } = drawn(`maestro: 1\nsystem: { name: ${key} }\nagents: { a: { name: ${key} } }\n`);
  expect(title + nodes[0]!.name).not.toContain(key);
});
