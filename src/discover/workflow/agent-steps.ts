import { at, type TreeNode, textOf } from '../read/tree.ts';

/** A step of a workflow that runs a coding agent. */
export interface AgentStep {
  readonly client: string;
  readonly step: TreeNode;
  /** `owner/action`, and what follows its `@`; null for a program in a script. */
  readonly action: { readonly name: string; readonly ref: string; readonly node: TreeNode } | null;
  /** Where options of the agent stand: the script, or the inputs that carry arguments. */
  readonly options: string;
  readonly optionsNode: TreeNode;
}

const ACTIONS: readonly (readonly [RegExp, string])[] = [
  [/^anthropics\/claude-code(?:-base)?-action(?:\/.*)?$/, 'claude-code'],
  [/^google-github-actions\/run-gemini-cli$|^google-gemini\/gemini-cli-action$/, 'gemini'],
  [/^openai\/codex-action$/, 'codex'],
  [/^actions\/ai-inference$/, 'ai-inference'],
  [/^(?:sst|anomalyco)\/opencode\/github$/, 'opencode'],
  [/^(?:block|square)\/goose-action$|^clouatre-labs\/setup-goose-action$/, 'goose'],
  [/^QwenLM\/qwen-code-action$/i, 'qwen'],
  [/^augmentcode\/[\w-]+$/, 'auggie'],
];

const START = '(?:^|[\\n;&|(]|\\b(?:npx(?: -y)?|bunx|exec|timeout \\S+|sudo|time)\\s)\\s*(?:@[\\w-]+/)?';
const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`${START}claude(?:-code)?\\s(?:[^\\n]*\\s)?(?:-p|--print)\\b`), 'claude-code'],
  [new RegExp(`${START}codex\\s(?:[^\\n]*\\s)?exec\\b`), 'codex'],
  [new RegExp(`${START}gemini(?:-cli)?\\s(?:[^\\n]*\\s)?(?:-p|--prompt|--yolo|-y)\\b`), 'gemini'],
  [new RegExp(`${START}opencode\\s+run\\b`), 'opencode'],
  [new RegExp(`${START}aider\\s[^\\n]*(?:--message|-m\\b|--yes)`), 'aider'],
  [new RegExp(`${START}copilot\\s(?:[^\\n]*\\s)?(?:-p|--prompt)\\b`), 'copilot'],
  [new RegExp(`${START}cursor-agent\\s(?:[^\\n]*\\s)?(?:-p|--print)\\b`), 'cursor'],
  [new RegExp(`${START}goose\\s+run\\b`), 'goose'],
  [new RegExp(`${START}qwen\\s(?:[^\\n]*\\s)?(?:-p|--prompt)\\b`), 'qwen'],
];

const ARGUMENT_INPUTS = [
  'claude_args',
  'codex-args',
  'codex_args',
  'settings',
  'allowed_tools',
  'allowedTools',
  'args',
];

/** The step as one that runs an agent; null for any other. */
export function agentStep(step: TreeNode): AgentStep | null {
  const uses = at(step, 'uses');
  const [, name, ref] = /^([^@\s]+)@(\S+)/.exec(textOf(uses) ?? '') ?? [];
  const client = name ? ACTIONS.find(([pattern]) => pattern.test(name))?.[1] : undefined;
  if (client) {
    const inputs = ARGUMENT_INPUTS.map((key) => at(step, 'with', key)).filter(
      (node) => textOf(node) !== null,
    );
    const options = inputs.map((node) => textOf(node)!).join('\n');
    return {
      client,
      step,
      action: { name: name!, ref: ref!, node: uses! },
      options,
      optionsNode: inputs[0] ?? uses!,
    };
  }
  const run = at(step, 'run');
  // A command that goes over several lines is one; comments run nothing.
  const script = (textOf(run) ?? '')
    .slice(0, 20_000)
    .replaceAll(/\\\r?\n/g, ' ')
    .replaceAll(/^\s*#.*$/gm, '');
  const program = PROGRAMS.find(([pattern]) => pattern.test(script));
  return program && run
    ? { client: program[1], step, action: null, options: script, optionsNode: run }
    : null;
}
