import { describe, expect, test } from 'vitest';
import { compare } from '../../src/verdict/compare.ts';
import { comparing, facts, said, sections, side } from '../support/compare.ts';

const agents = (text: string, name = 'desk') => sections(`agents:\n${text}`, name);

describe('findings', () => {
  const stoppable = agents('  trader: { autonomy: autonomous, controls: { kill_switch: true } }\n');
  const endless = agents('  trader: { autonomy: autonomous }\n');

  test('are added, fixed, or still there', () => {
    const worse = comparing(stoppable, endless);
    expect(worse.added.map(({ rule }) => rule)).toContain('kill-switch-missing');
    expect(worse.fixed).toEqual([]);
    const better = comparing(endless, stoppable);
    expect(better.fixed.map(({ rule }) => rule)).toContain('kill-switch-missing');
    expect(better.added).toEqual([]);
    expect(better.standing.length).toBeGreaterThan(0);
    expect(better.standing.length + better.fixed.length).toBe(side(endless).verdict.findings.length);
  });

  test('grow with their severity, and when nobody accepts them any more', () => {
    const [before, after] = [side(endless), side(endless)];
    const [first, ...others] = before.verdict.findings;
    const milder = { ...before.verdict, findings: [{ ...first!, severity: 'low' as const }, ...others] };
    const now = { ...after.verdict, findings: [{ ...first!, severity: 'critical' as const }, ...others] };
    expect(compare({ ...before, verdict: milder }, { ...after, verdict: now }).grown).toMatchObject([
      { finding: { rule: first!.rule }, how: ['severity rose from low to critical'] },
    ]);
    const silence = { by: 'comment', reason: 'r', owner: null, expires: null, at: first! } as const;
    const waived = { ...before.verdict, findings: others, waived: [{ ...first!, silence }] };
    const { grown, added } = compare({ ...before, verdict: waived }, after);
    expect(grown.map(({ how }) => how)).toEqual([['it is no longer waived']]);
    expect(added).toEqual([]);
    expect(compare(before, { ...after, verdict: waived })).toMatchObject({ added: [], fixed: [], grown: [] });
  });

  const path = (forum: string) =>
    sections(`
boundaries: { internet: { trust: untrusted } }
actors: { inbox: { kind: content, boundary: internet }${forum === '' ? '' : ', forum: { kind: content, boundary: internet }'} }
agents: { helper: { reads: [inbox${forum}], tools: [shell] } }
tools: { shell: { kind: shell } }
`);

  test('grow with a new start of an attack path', () => {
    const { grown } = comparing(path(''), path(', forum'));
    expect(grown.length).toBeGreaterThan(0);
    for (const { how } of grown) expect(how).toEqual(['an attacker can also start from forum']);
    expect(comparing(path(', forum'), path('')).grown).toEqual([]);
  });

  test('of what could not be read are not fixed', () => {
    const base = side(endless, agents('  other: { autonomy: autonomous }\n', 'second'));
    const head = side(endless);
    const whole = compare(base, head);
    expect(whole.fixed.length).toBeGreaterThan(0);
    expect(whole.components.removed.map(({ id }) => id)).toEqual(['other']);
    const part = compare(base, { ...head, verdict: { ...head.verdict, complete: false } });
    expect(part.fixed).toEqual([]);
    expect(part.components.removed).toEqual([]);
  });

  test('checks that cannot judge now', () => {
    const base = agents('  a: { autonomy: bounded }\n');
    expect(comparing(base, base).unknown).toBeUndefined();
    const more = comparing(base, agents('  a: {}\n')).unknown ?? [];
    expect(more.length).toBeGreaterThan(0);
    expect(more.every(({ facts }) => facts.some((fact) => fact.startsWith('a.')))).toBe(true);
  });
});

describe('renames', () => {
  const changes = (base: string, head: string) => said(comparing(base, head));

  test('one id, with all that refers to it', () => {
    const of = (id: string) =>
      sections(`
agents:
  lead: { autonomy: bounded, delegates_to: { ${id}: { auth: mtls } } }
  ${id}: { autonomy: autonomous, tools: [mail], controls: { kill_switch: planned } }
tools: { mail: { kind: email } }
flows: [{ from: ${id}, to: mail }]
`);
    expect(changes(of('payer'), of('cashier'))).toEqual(['renamed payer cashier']);
  });

  test('of a tool: its actions go along', () => {
    const of = (id: string) =>
      sections(`
actors: { inbox: { kind: content } }
agents: { a: { autonomy: autonomous, reads: [inbox], tools: { ${id}: { actions: [pay] } } } }
tools: { ${id}: { kind: payment, actions: { pay: { effect: pay, irreversible: true } } } }
`);
    expect(changes(of('bank'), of('till'))).toEqual(['renamed bank till']);
  });

  test('several at once, and ids that order differently in groups', () => {
    const of = (a: string, b: string, c: string) =>
      sections(`
actors: { ${c}: { kind: content } }
agents:
  ${a}: { autonomy: autonomous, reads: [${c}], delegates_to: [${b}] }
  ${b}: { autonomy: bounded, delegates_to: [${a}], identity: { provider: okta, principal: shared } }
`);
    expect(changes(of('a', 'b', 'c'), of('z', 'y', 'x'))).toEqual([
      'renamed a z',
      'renamed b y',
      'renamed c x',
    ]);
  });

  test('two that change places', () => {
    const of = (a: string, b: string) =>
      sections(`
agents:
  ${a}: { autonomy: autonomous, tools: [mail], delegates_to: [${b}] }
  ${b}: { autonomy: suggest, controls: { kill_switch: true } }
tools: { mail: { kind: email } }
`);
    expect(changes(of('one', 'two'), of('two', 'one'))).toEqual(['renamed one two', 'renamed two one']);
  });

  test('a chain: one takes the id that another left', () => {
    const of = (a: string, b: string) =>
      agents(`  ${a}: { autonomy: autonomous }\n  ${b}: { autonomy: suggest }\n`);
    expect(changes(of('one', 'two'), of('two', 'three'))).toEqual(['renamed one two', 'renamed two three']);
  });

  test('the same source, whatever else changed', () => {
    const base = agents('  old: { source: src/a.py, autonomy: suggest }\n');
    const head = agents('  new: { source: [src/a.py], autonomy: autonomous }\n');
    expect(facts(base, head)).toEqual(['wider new : autonomy suggest → autonomous', 'renamed old new']);
    expect(comparing(base, head).added.map(({ subject }) => subject)).toContainEqual(['new']);
  });

  test('a source that several name tells nothing', () => {
    const base = agents('  old: { source: a.py, autonomy: suggest }\n  same: { source: a.py }\n');
    const head = agents('  new: { source: a.py, autonomy: bounded }\n  same: { source: a.py }\n');
    expect(facts(base, head)).toEqual(['new new', 'gone old']);
  });

  test('none where something else changed too, or the kind did', () => {
    expect(facts(agents('  a: { autonomy: suggest }\n'), agents('  b: { autonomy: bounded }\n'))).toEqual([
      'new b',
      'gone a',
    ]);
    expect(facts(agents('  x: {}\n  a: {}\n'), sections('agents: { x: {} }\nmodels: { b: {} }\n'))).toEqual([
      'new b',
      'gone a',
    ]);
  });

  test('a finding that is fixed beside a rename is the right one', () => {
    const of = (a: string, b: string, auth: string) =>
      sections(`
agents:
  ${a}: { autonomy: bounded, delegates_to: { ${b}: { auth: ${auth} } } }
  ${b}: { autonomy: suggest, delegates_to: { ${a}: { auth: none } } }
`);
    const { fixed: direct } = comparing(of('a', 'b', 'none'), of('a', 'b', 'mtls'));
    expect(direct.map(({ subject }) => subject)).toContainEqual(['a', 'b']);
    const { added, fixed, components } = comparing(of('a', 'b', 'none'), of('a', 'z', 'mtls'));
    expect(components.renamed).toMatchObject([{ from: 'b', to: 'z' }]);
    expect(added).toEqual([]);
    const names = (findings: typeof fixed) => findings.map(({ rule, subject }) => [rule, ...subject]);
    expect(names(fixed)).toEqual(names(direct));
  });

  test('none where two fit equally and one is new', () => {
    expect(facts(agents('  a: {}\n'), agents('  b: {}\n  c: {}\n'))).toEqual(['new b', 'new c', 'gone a']);
  });

  test('what refers to them tells equal ones apart', () => {
    const of = (a: string, b: string) =>
      sections(`
agents: { lead: { delegates_to: { ${a}: { auth: mtls }, ${b}: { auth: none } } }, ${a}: {}, ${b}: {} }
`);
    expect(changes(of('a', 'b'), of('y', 'x'))).toEqual(['renamed a y', 'renamed b x']);
  });

  test('an exchanged reference is no rename', () => {
    const of = (id: string) =>
      sections(`
agents: { lead: { delegates_to: [${id}] }, a: { autonomy: suggest }, b: { autonomy: bounded } }
`);
    expect(comparing(of('a'), of('b')).components).toEqual({ added: [], removed: [], renamed: [] });
  });

  test('of the system itself, with an edit beside', () => {
    const of = (name: string, more: string) =>
      agents(`  a: { autonomy: autonomous }\n  b: { autonomy: bounded }\n  c: {}\n${more}`, name);
    expect(said(comparing(of('one', ''), of('two', '')))).toEqual([]);
    expect(said(comparing(of('one', ''), of('two', '  d: {}\n')))).toContain('new d');
    expect(said(comparing(of('one', ''), of('two', '  d: {}\n')))).not.toContain('new a');
  });

  test('of a system that has little in common with the other', () => {
    const one = agents('  a: {}\n', 'one');
    const two = agents('  b: {}\n  c: {}\n', 'two');
    expect(facts(one, two)).toEqual(['new b', 'new c', 'gone a']);
    // Who names two files with one system each wants these compared.
    expect(
      compare(side(one), side(agents('  a: {}\n  c: {}\n  d: {}\n', 'two')), true).components.added,
    ).toHaveLength(2);
  });

  test('ids that are words of JavaScript', () => {
    const of = (id: string) => agents(`  ${id}: { autonomy: autonomous }\n  a: { delegates_to: [${id}] }\n`);
    for (const id of ['constructor', 'toString', 'hasOwnProperty'])
      expect(changes(of('b'), of(id))).toEqual([`renamed b ${id}`]);
  });
});
