import { expect, test } from 'vitest';
import { githubWorkflow } from '../../src/discover/github-workflow.ts';

const nothing = (): null => null;

function shown(
  text: string,
  other: (path: string) => string | null = nothing,
  path = '.github/workflows/a.yml',
) {
  expect(githubWorkflow.wants(path)).toBe(true);
  return (githubWorkflow.read(path, text, other)?.facts ?? []).map(
    ({ name, attributes, controls, source }) => ({
      name,
      ...Object.fromEntries(Object.entries(attributes).map(([key, { value }]) => [key, value])),
      controls: Object.fromEntries(Object.entries(controls).map(([key, { value }]) => [key, value])),
      line: source.line,
      pointer: source.pointer,
    }),
  );
}

test('an action on untrusted events', () => {
  const text = `name: Triage
on:
  issues:
    types: [opened]
  workflow_dispatch:
jobs:
  triage:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      issues: write
    steps:
      - uses: actions/checkout@v6
      - name: Triage
        uses: anthropics/claude-code-action@v1
        with:
          prompt: "Look at \${{ github.event.issue.body }}"
          anthropic_api_key: \${{ secrets.ANTHROPIC_API_KEY }}
          allowed_non_write_users: "*"
          show_full_output: true
          claude_args: "--allowedTools 'Edit,Bash,Bash(git:*)' --dangerously-skip-permissions"
`;
  expect(shown(text)).toEqual([
    {
      name: 'Triage',
      client: 'claude-code',
      action: 'anthropics/claude-code-action',
      version: 'v1',
      pin: 'tag',
      triggers: ['issues', 'workflow_dispatch'],
      untrusted_triggers: ['issues'],
      writes: ['issues'],
      anyone: true,
      allowed_tools: ['Edit', 'Bash', 'Bash(git:*)'],
      unrestricted: ['Bash'],
      bypass: true,
      reads_event: true,
      full_output: true,
      secrets: ['ANTHROPIC_API_KEY'],
      controls: { human_approval: false },
      line: 14,
      pointer: '/jobs/triage/steps/1',
    },
  ]);
});

test('permissions that nobody declares are unknown; a condition on who started it is a gate', () => {
  const text = `on: [push, issue_comment]
jobs:
  a:
    if: contains(fromJSON('["OWNER"]'), github.event.comment.author_association)
    steps:
      - uses: openai/codex-action@${'ab'.repeat(20)}
        with: { sandbox: read-only }
`;
  expect(shown(text)).toMatchObject([
    {
      name: 'a.yml',
      pin: 'exact',
      writes: null,
      gated: true,
      sandbox: 'read-only',
      controls: { sandbox: true },
    },
  ]);
});

test('programs in scripts', () => {
  const workflow = (run: string) =>
    `on: push\npermissions: write-all\njobs:\n  a:\n    steps:\n      - run: |\n          ${run.replaceAll('\n', '\n          ')}\n`;
  const client = (run: string) =>
    (shown(workflow(run))[0] as { client?: string } | undefined)?.client ?? null;
  expect(client('npm ci\nclaude --model x -p "go" --allowedTools "Read"')).toBe('claude-code');
  expect(client('npx -y @anthropic-ai/claude-code -p "go"')).toBe('claude-code');
  expect(client('codex \\\n  exec --yolo "go"')).toBe('codex');
  expect(client('gemini -y -p "go"')).toBe('gemini');
  expect(client('if true; then aider --yes -m "go"; fi')).toBeNull();
  expect(client('aider --yes -m "go"')).toBe('aider');
  expect(client('# claude -p "go"\necho done')).toBeNull();
  expect(client('npm install -g @anthropic-ai/claude-code')).toBeNull();
  expect(shown(workflow('codex exec --yolo "go"'))).toMatchObject([{ bypass: true, writes: ['all'] }]);
});

test('an action of the repository itself is looked into', () => {
  const text = 'on: pull_request\njobs:\n  a:\n    steps:\n      - uses: ./.github/actions/review\n';
  const action = 'runs:\n  using: composite\n  steps:\n    - uses: actions/ai-inference@v1\n';
  const other = (path: string) => (path === '.github/actions/review/action.yml' ? action : null);
  expect(shown(text, other)).toMatchObject([{ client: 'ai-inference', line: 5 }]);
  expect(shown(text)).toEqual([]);
});

test('workflows in Markdown', () => {
  const text = '---\non:\n  issues:\nengine: claude\npermissions:\n  issues: write\n---\nDo it.\n';
  expect(shown(text, nothing, '.github/workflows/t.md')).toMatchObject([
    { name: 't.md', client: 'claude', untrusted_triggers: ['issues'], writes: ['issues'] },
  ]);
});

test('other workflows are none, and what is no YAML is said', () => {
  expect(shown('on: push\njobs:\n  a:\n    steps:\n      - run: make\n')).toEqual([]);
  expect(githubWorkflow.read('.github/workflows/a.yml', 'a: [', nothing)?.unread).toHaveLength(1);
});
