import { describe, expect, test } from 'vitest';
import type { Data } from '../../src/model/yaml.ts';
import { builtInPack } from '../../src/rules/pack.ts';
import { hitsOf, rules } from '../support/pack.ts';

const system = (tool: Data, granted: Data = {}): Data => ({
  maestro: '1',
  system: { name: 'shop' },
  boundaries: { corp: { trust: 'internal' } },
  agents: { clerk: { tools: { bank: granted } } },
  tools: { bank: tool },
  observability: { trail: { kind: 'audit-trail', observes: 'bank' } },
});
const controls = (said: Data): Data => ({ pay: { controls: said } });

/** What contradicts a control on one action is said beside it, on its tool, or by whoever grants it. */
describe.each([
  ['as written', rules],
  ['as compiled', builtInPack().rules],
])('contradictions of controls on actions, %s', (_, all) => {
  const contradicted = (data: Data) =>
    hitsOf(
      data,
      all.filter(({ id }) => id === 'control-contradicts-fact'),
    ).map(({ subject, at }) => `${subject.join(' → ')} ${at}`);

  test('an action, and how its tool is called', () => {
    const signsIn = (auth: string) => ({ auth, actions: controls({ mutual_authentication: true }) });
    expect(contradicted(system(signsIn('none')))).toEqual(['bank.pay controls.mutual_authentication']);
    expect(contradicted(system(signsIn('mtls')))).toEqual([]);
    expect(contradicted(system({ actions: controls({ mutual_authentication: true }) }))).toEqual([]);
  });

  test('an action, and what its tool says of itself', () => {
    const at = (url: string) => ({ url, actions: controls({ encryption_in_transit: true }) });
    expect(contradicted(system(at('http://bank.example')))).toEqual([
      'bank.pay controls.encryption_in_transit',
    ]);
    expect(contradicted(system(at('https://bank.example')))).toEqual([]);
  });

  test('an action, and the approval written beside it', () => {
    const approved = (by: string) => ({
      actions: { pay: { approval: by, controls: { human_approval: true } } },
    });
    expect(contradicted(system(approved('none')))).toEqual(['bank.pay controls.human_approval']);
    expect(contradicted(system(approved('human')))).toEqual([]);
  });

  test('a granted action, and what its tool says of itself', () => {
    const tool = { actions: { pay: {} } };
    expect(contradicted(system(tool, { actions: controls({ audit_log: false }) }))).toEqual([
      'clerk → bank.pay controls.audit_log',
    ]);
    expect(contradicted(system(tool, { actions: controls({ audit_log: true }) }))).toEqual([]);
  });
});
