import { SEVERITIES } from '../../src/finding/severity.ts';
import type { DiffReport } from '../../src/report/diff.ts';
import { diffJson } from '../../src/report/diff-json.ts';
import { jsonReport } from '../../src/report/json.ts';
import { comparison, opened } from '../report/change-fixture.ts';
import { finding, placed, verdict } from '../report/verdict-fixture.ts';

const at = placed('intake');
const all = SEVERITIES.map((severity) => finding({ severity }));
const path = opened();
const change = { system: 'shop', how: ['may also approve'], at };
const control = { system: 'shop', subject: ['intake'], control: 'audit_log', how: 'removed', at };
const component = { system: 'shop', id: 'intake', kind: 'agent', layer: 'agent-frameworks', at } as const;
const problem = { code: 'empty', message: 'The file is empty', file: 'main:maestro.yaml', snippet: null };

const report: DiffReport = {
  version: '0.0.0',
  base: { is: 'revision', name: 'main' },
  head: { is: 'working-tree', name: 'the working tree' },
  complete: false,
  errors: [
    { ...problem, location: null },
    { ...problem, location: at.location, suggestion: 'Begin it with `maestro: 1`' },
  ],
  comparison: comparison({
    added: [path, ...all],
    grown: [path, ...all].map((each, i) => ({
      finding: each,
      before: all[i % all.length]!,
      how: ['severity rose'],
    })),
    fixed: [path, ...all],
    standing: all,
    grants: {
      widened: [
        { ...change, agent: 'trader', tool: 'payments' },
        { ...change, agent: 'trader', tool: '' },
      ],
      narrowed: [{ ...change, agent: 'trader', tool: 'payments' }],
    },
    controls: { added: [control], removed: [control], weakened: [control] },
    components: {
      added: [component, { ...component, kind: 'actor', layer: null }],
      removed: [component],
      renamed: [{ system: 'shop', from: 'intake', to: 'desk' }],
    },
  }),
  rules: [],
};

/** JSON reports of `maestro diff` with everything in them that they can hold. */
export const diffReports = (): unknown[] =>
  [report, { ...report, head: { is: 'files', name: 'a.yaml' } as const }].map((each) =>
    JSON.parse(diffJson(each)),
  );

/** JSON of `lint --base`: findings that the change brings, makes worse, and leaves alone. */
export const reportsWithBase = (): unknown[] => {
  const [brought, worse, there] = ['a1', 'b2', 'c3'].map((two) => finding({ fingerprint: two.repeat(16) }));
  const grown = [{ finding: worse!, before: worse!, how: ['severity rose'] }];
  const changed = comparison({ added: [brought!], grown, standing: [there!] });
  const whole = verdict({ findings: [brought!, worse!, there!], comparison: changed });
  return [JSON.parse(jsonReport(whole, { frameworksOf: () => [] }))];
};
