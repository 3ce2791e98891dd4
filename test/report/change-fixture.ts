import type { CommentOptions } from '../../src/report/comment-options.ts';
import { COMMENT_LIMIT, markerLine } from '../../src/report/comment-options.ts';
import type { Comparison } from '../../src/verdict/comparison.ts';
import type { Verdict, Waived } from '../../src/verdict/verdict.ts';
import { finding, pathFinding, placed, step, verdict } from './verdict-fixture.ts';

export const SHA = '0123456789abcdef0123456789abcdef01234567';

export const OPTIONS: CommentOptions = {
  site: { repositoryUrl: 'https://github.example/acme/agents', sha: SHA, prefix: '' },
  marker: markerLine('default'),
  limit: COMMENT_LIMIT,
  failOn: 'high',
};

export const accepted = (over: Partial<Waived> = {}): Waived => ({
  ...finding({ fingerprint: 'f4'.repeat(16), subject: ['intake'] }),
  silence: {
    by: 'waiver',
    reason: 'The stop is being built',
    owner: 'finance-platform',
    expires: '2026-12-31',
    at: placed('intake'),
  },
  ...over,
});

export const comparison = (over: Partial<Comparison> = {}): Comparison => ({
  added: [],
  grown: [],
  fixed: [],
  standing: [],
  grants: { widened: [], narrowed: [] },
  controls: { added: [], removed: [], weakened: [] },
  components: { added: [], removed: [], renamed: [] },
  ...over,
});

export const opened = () =>
  pathFinding({
    sources: ['inbox', 'forum'],
    steps: [
      { ...step('inbox', 'inbox: anyone can write to it', 'inbox'), layer: null },
      { ...step('intake', 'intake reads inbox', 'intake'), layer: 'agent-frameworks' },
      { ...step('trader', 'intake delegates to trader', 'trader'), layer: 'agent-frameworks' },
      { ...step('payments.send', 'trader invokes payments.send', 'send'), layer: 'agent-ecosystem' },
    ],
    fix: {
      say: 'Let a person approve what payments.send does',
      file: 'shop/maestro.yaml',
      path: ['tools', 'payments'],
      edit: { controls: { human_approval: true } },
      yaml: 'tools:\n  payments:\n    controls: { human_approval: { evidence: docs/approvals.md } }\n',
    },
  });

/** A pull request that does a bit of everything. */
export function changed(): Verdict {
  const added = [opened(), finding({ severity: 'medium' })];
  const grown = finding({ fingerprint: 'f5'.repeat(16), severity: 'high', subject: ['intake'] });
  const standing = [
    finding({ fingerprint: 'f6'.repeat(16), severity: 'low', message: 'trader is a shared name' }),
  ];
  return verdict({
    findings: [added[0]!, grown, added[1]!, ...standing],
    waived: [accepted()],
    comparison: comparison({
      added,
      grown: [
        { finding: grown, before: { ...grown, severity: 'low' }, how: ['severity rose from low to high'] },
      ],
      fixed: [finding({ fingerprint: 'f7'.repeat(16), message: 'intake kept its memory for ever' })],
      standing,
      grants: {
        widened: [
          {
            system: 'shop',
            agent: 'trader',
            tool: 'payments',
            how: ['may also approve'],
            at: placed('payments'),
          },
        ],
        narrowed: [
          {
            system: 'shop',
            agent: 'intake',
            tool: 'mail',
            how: ['limit of amount 500 → 50'],
            at: placed('intake'),
          },
        ],
      },
      controls: {
        added: [
          {
            system: 'shop',
            subject: ['intake'],
            control: 'input_filter',
            how: 'added',
            at: placed('intake'),
          },
        ],
        removed: [
          {
            system: 'shop',
            subject: ['trader', 'payments'],
            control: 'rate_limit',
            how: 'removed',
            at: placed('trader'),
          },
        ],
        weakened: [
          {
            system: 'shop',
            subject: ['shop'],
            control: 'audit_log',
            how: 'no longer tested',
            at: placed('shop'),
          },
        ],
      },
    }),
  });
}

const KEPT = ['severity', 'confidence', 'layer', 'profile', 'status', 'by', 'version', 'url'];

/** The same with every free text replaced; the words and numbers that are ours stay. */
export function withTexts<T>(value: T, text: (old: string) => string): T {
  if (typeof value === 'string') return text(value) as T;
  if (Array.isArray(value)) return value.map((each) => withTexts(each, text)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, KEPT.includes(key) ? inner : withTexts(inner, text)]),
  ) as T;
}

/** So many new findings of every severity, the worst last, with texts of a usual length. */
export function many(n: number): Verdict {
  const severities = ['low', 'medium', 'high', 'critical'] as const;
  const findings = Array.from({ length: n }, (_, i) =>
    finding({
      severity: severities[Math.floor((i * 4) / n)]!,
      fingerprint: i.toString(16).padStart(32, '0'),
      subject: [`agent_${i}`],
      message: `agent_${i} acts on its own (autonomous) and nothing can stop it at once, whoever writes to it`,
    }),
  );
  return verdict({ findings: [...findings].reverse(), comparison: comparison({ added: findings }) });
}
