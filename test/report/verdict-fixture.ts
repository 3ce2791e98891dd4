import type { Finding, Fix, Grade, Placed, Problem, Risk, Step, Unknown } from '../../src/finding/finding.ts';
import { Source } from '../../src/model/source.ts';
import type { FileRecord, RuleInfo, Silence, Verdict, Waived } from '../../src/verdict/verdict.ts';

export const SHOP = `maestro: 1
system: { name: shop }

agents:
  intake:
    reads: [inbox]
  trader:
    autonomy: autonomous
    tools:
      payments:
        actions: [send]
`;

/** The place of the first `text` in `yaml`, as a description that was read gives it. */
export function placed(text: string, yaml = SHOP, file = 'shop/maestro.yaml'): Placed {
  const index = yaml.indexOf(text);
  if (index < 0) throw new Error(`no ${text} in the fixture`);
  return new Source(file, yaml).place(index, index + text.length);
}

export const FIX: Fix = {
  say: 'Declare how it is stopped, and where that is written down',
  file: 'shop/maestro.yaml',
  path: ['agents', 'trader'],
  edit: { controls: { kill_switch: { evidence: 'runbooks/kill-switch.md' } } },
  yaml: 'controls:\n  kill_switch:\n    evidence: runbooks/kill-switch.md\n',
};

export const risk = (probability: Grade, impact: Grade, exploitability: Grade): Risk => ({
  probability,
  impact,
  exploitability,
  score: probability * impact * exploitability,
  why: ['intake is one step from inbox', 'payments.send can pay', 'no control is in force on trader'],
});

export const finding = (over: Partial<Finding> = {}): Finding => ({
  ...placed('autonomous'),
  rule: 'kill-switch-missing',
  title: 'Agent without a kill switch',
  layer: 'agent-frameworks',
  severity: 'high',
  confidence: 'high',
  profile: 'recommended',
  system: 'shop',
  subject: ['trader'],
  at: 'controls.kill_switch',
  message: 'trader acts on its own (autonomous) and nothing can stop it at once',
  fingerprint: 'f1'.repeat(16),
  threats: ['l7-compromised-agents'],
  fix: FIX,
  risk: risk(2, 3, 3),
  ...over,
});

/** A finding that somebody waived in the description. */
export const waived = (over: Partial<Finding> = {}, silence: Partial<Silence> = {}): Waived => ({
  ...finding(over),
  silence: {
    by: 'waiver',
    reason: 'Trades are below one euro until the pilot ends',
    owner: 'payments-team',
    expires: '2026-12-31',
    at: placed('system: { name: shop }'),
    ...silence,
  },
});

export const step = (node: string, text: string, at: string): Step => ({ ...placed(at), node, text });

export const pathFinding = (over: Partial<Finding> = {}): Finding =>
  finding({
    rule: 'stranger-moves-money',
    title: 'A stranger can move money',
    layer: 'cross-layer',
    severity: 'critical',
    confidence: 'medium',
    subject: ['payments.send'],
    message: 'inbox can bend intake, trader into payments.send: nothing on the way checks it',
    fingerprint: 'f2'.repeat(16),
    ...placed('send'),
    steps: [
      step('inbox', 'inbox: anyone can write to it', 'inbox'),
      step('intake', 'intake reads inbox', 'intake'),
      step('payments.send', 'trader invokes payments.send', 'send'),
    ],
    sources: ['inbox', 'forum'],
    risk: risk(3, 3, 2),
    fix: { say: 'Let a person approve', file: 'shop/maestro.yaml', path: [], edit: { a: 1 }, yaml: 'a: 1\n' },
    ...over,
  });

export const unknown = (over: Partial<Unknown> = {}): Unknown => ({
  ...placed('intake'),
  rule: 'kill-switch-missing',
  system: 'shop',
  subject: ['intake'],
  facts: ['intake.autonomy'],
  ...over,
});

export const problem = (over: Partial<Problem> = {}): Problem => ({
  ...placed('autonomi', 'agents:\n  trader:\n    autonomi: bounded\n', 'b/maestro.yaml'),
  code: 'unknown-key',
  message: 'agent trader has no key "autonomi"',
  file: 'b/maestro.yaml',
  suggestion: 'autonomy',
  ...over,
});

const withoutSuggestion = (over: Partial<Problem>): Problem => {
  const { suggestion: _, ...rest } = problem(over);
  return rest;
};

export const rule = (over: Partial<RuleInfo> = {}): RuleInfo => ({
  id: 'kill-switch-missing',
  title: 'Agent without a kill switch',
  layer: 'agent-frameworks',
  severity: 'high',
  confidence: 'high',
  profile: 'recommended',
  threats: ['l7-compromised-agents'],
  why: 'An agent that acts on its own goes on until\nsomeone stops it.\n\nSee `controls.kill_switch`.\n',
  remedy: 'Declare how it is stopped, and where that is written down',
  url: 'https://example.org/rules/kill-switch-missing.md',
  ...over,
});

export const file = (over: Partial<FileRecord> = {}): FileRecord => ({
  path: 'shop/maestro.yaml',
  status: 'linted',
  system: 'shop',
  components: 4,
  ...over,
});

export const verdict = (over: Partial<Verdict> = {}): Verdict => ({
  version: '0.1.0',
  complete: true,
  files: [file()],
  findings: [],
  waived: [],
  known: [],
  warnings: [],
  comparison: null,
  unknown: [],
  errors: [],
  rules: [
    rule(),
    rule({
      id: 'stranger-moves-money',
      title: 'A stranger can move money',
      layer: 'cross-layer',
      severity: 'critical',
      confidence: 'medium',
      threats: ['xl-trifecta', 'l7-compromised-agents'],
      url: 'https://example.org/rules/stranger-moves-money.md',
    }),
  ],
  ...over,
});

/** Everything a report can hold. */
export const fullVerdict = (): Verdict =>
  verdict({
    complete: false,
    files: [
      file({ path: 'b/maestro.yaml', status: 'failed', system: null, components: 0 }),
      file(),
      file({ path: 'z/maestro.yaml', status: 'skipped', system: null, components: 0 }),
    ],
    findings: [pathFinding(), finding()],
    unknown: [unknown(), unknown({ subject: ['payments.send'], facts: ['payments.send.effect'] })],
    errors: [
      problem(),
      withoutSuggestion({
        code: 'duplicate-id',
        message: 'two components are called trader',
        ...placed('trader', 'agents:\n  trader: {}\ntools:\n  trader: {}\n', 'b/maestro.yaml'),
        related: {
          message: 'the first one is here',
          ...placed('trader', 'agents:\n  trader: {}\n', 'b/maestro.yaml'),
        },
      }),
    ],
  });

/** The same for a terminal: sentences that need more than a line, wide characters, a path over two files, waived findings. */
export function longVerdict(): Verdict {
  const yaml = `${SHOP}    reads: [注文書, "🧾 領収書", tickets]  # 受注窓口\n`;
  const full = fullVerdict();
  return verdict({
    ...full,
    findings: [
      pathFinding({
        confidence: 'high',
        message:
          'inbox can bend intake, trader into payments.send: whoever writes a mail moves money, and neither a person nor a limit is in between',
        steps: [
          step('inbox', 'an attacker writes inbox in internet', 'inbox'),
          step('intake', 'intake reads inbox', 'intake'),
          {
            ...placed('desk', 'tools:\n  desk: {}\n', 'shop/tools.yaml'),
            node: 'desk',
            text: 'intake writes to desk',
          },
          step(
            'trader',
            'desk hands tasks to trader, which was never told whom they come from, authentication not declared',
            'trader',
          ),
          step('payments.send', 'trader may call payments.send, no approval declared', 'send'),
        ],
        sources: ['inbox', 'forum', 'reviews', 'supplier_portal', 'newsletter', 'chat', 'fax'],
        fix: {
          say: 'Let a person approve every payment, or set a limit above which one does, and say who keeps it',
          file: 'shop/tools.yaml',
          path: ['tools'],
          edit: { a: 1 },
          yaml: 'tools:\n  payments:\n    controls: { human_approval: { evidence: docs/approvals.md } }\n',
        },
      }),
      finding(),
      finding({
        severity: 'medium',
        confidence: 'medium',
        ...placed('🧾 領収書', yaml),
        message: 'trader reads 🧾 領収書, which nobody vouches for: 偶然 what it says decides what is bought',
      }),
      finding({ severity: 'low', message: 'trader is a shared name' }),
    ],
    waived: [waived(), waived({ severity: 'low' })],
  });
}

/** Findings that do not count, each for another reason, and what was said about such decisions. */
export const silencedVerdict = (): Verdict =>
  verdict({
    findings: [finding({ fingerprint: 'f3'.repeat(16) })],
    waived: [
      waived(pathFinding()),
      waived({ severity: 'low' }, { by: 'comment', owner: null, expires: null, reason: 'Only a trial' }),
    ],
    known: [finding({ severity: 'medium', fingerprint: 'f4'.repeat(16) })],
    warnings: [
      problem({ code: 'waiver-unused', message: 'This waiver fits no finding of owner-missing' }),
      {
        code: 'baseline-gone',
        message: '3 entries fit no finding any more',
        file: 'maestro.baseline.json',
        location: null,
        snippet: null,
      },
    ],
  });

/** Text that tries everything at once. */
export const HOSTILE =
  '\x1b[31mred\x07\x9b0m\r\n::error file=x::pwned\t##[set-env name=A;]B ##vso[task.x]y --> <!-- ]]> \u202egpj.exe\u2066 ' +
  '\u2028\u200b\ufeff [click](http://evil.example) [here](1) {0} <img src=x> @everyone #1 `code` **bold** | \ud800 \u{e0041}';

const words = (value: unknown): unknown =>
  typeof value === 'string'
    ? HOSTILE
    : Array.isArray(value)
      ? value.map(words)
      : value && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, words(inner)]))
        : value;

/** The full verdict with every free text replaced by hostile text. */
export function hostileVerdict(): Verdict {
  const { waived, known, warnings } = silencedVerdict();
  const plain = { ...fullVerdict(), waived, known, warnings };
  const kept = ['severity', 'confidence', 'layer', 'profile', 'status', 'by'];
  const restore = <T extends object>(hostile: T, original: T): T => {
    for (const key of Object.keys(original) as (keyof T)[]) {
      const value = original[key];
      if (kept.includes(String(key))) hostile[key] = value;
      else if (value && typeof value === 'object') restore(hostile[key] as object, value);
    }
    return hostile;
  };
  return { ...restore(words(plain) as Verdict, plain), version: '0.1.0' };
}
