import { splitTools } from './coding-agents.ts';
import type { Fact, FactValue, Other, Reader } from './fact.ts';
import { readFrontMatter } from './read/front-matter.ts';
import { at, entriesOf, pointerTo, type TreeNode, textOf } from './read/tree.ts';
import { readYamlTree } from './read/yaml.ts';
import { attributesOf, known, unknown } from './values.ts';
import { type AgentStep, agentStep } from './workflow/agent-steps.ts';
import { triggersOf, writesOf } from './workflow/triggers.ts';

const FILE = /(?:^|\/)\.github\/workflows\/[^/]+\.(?:ya?ml|md)$/;
const NAME = 'github-workflow';

/**
 * Workflows of GitHub Actions that run a coding agent. Attributes: `client`, `action`, `version`, `pin` (exact, tag,
 * branch), `triggers`, `untrusted_triggers`, `writes` (scopes of the token), `gated` (a condition looks at who started
 * it), `anyone` (open to people or bots without rights), `allowed_tools`, `unrestricted`, `bypass`, `sandbox`,
 * `reads_event` (text of the event goes into the prompt), `full_output`, `secrets` (names).
 */
export const githubWorkflow: Reader = {
  name: NAME,
  wants: (path) => FILE.test(path),
  read: (path, text, other) => {
    if (path.endsWith('.md')) return agentic(path, text);
    const { root, damage } = readYamlTree(path, text);
    if (damage) return { facts: [], unread: [{ file: path, line: damage.line, why: damage.why }] };
    const facts = entriesOf(at(root, 'jobs')).flatMap((job) =>
      (at(job.node, 'steps')?.items ?? []).flatMap((step, i) => {
        const found = agentStep(step) ?? composite(step, other);
        const pointer = pointerTo('jobs', job.key, 'steps', String(i));
        return found ? [workflowFact({ path, root: root!, job: job.node, found, step, pointer })] : [];
      }),
    );
    return facts.length > 0 ? { facts, unread: [] } : null;
  },
};

/** The agent that an action of the repository itself runs. */
function composite(step: TreeNode, other: Other): AgentStep | null {
  const folder = /^\.\/([\w./-]+)$/.exec(textOf(at(step, 'uses')) ?? '')?.[1]?.replace(/\/$/, '');
  if (!folder || folder.includes('..')) return null;
  const file = ['action.yml', 'action.yaml']
    .map((name) => `${folder}/${name}`)
    .find((name) => other(name) !== null);
  const { root } = file ? readYamlTree(file, other(file)!) : { root: null };
  const inner = (at(root, 'runs', 'steps')?.items ?? []).map(agentStep).find((each) => each !== null);
  // Its places are those of another file: what is said points at the step that uses it.
  return inner ? { ...inner, action: null, optionsNode: step } : null;
}

interface Context {
  readonly path: string;
  readonly root: TreeNode;
  readonly job: TreeNode;
  readonly found: AgentStep;
  readonly step: TreeNode;
  readonly pointer: string;
}

function workflowFact({ path, root, job, found, step, pointer }: Context): Fact {
  const { options, optionsNode, action } = found;
  const inputs = at(step, 'with');
  const bypass = BYPASS.test(options);
  const tools = toolsIn(found);
  const open = tools.filter((tool) => /^(?:\*|Bash|Bash\(:?\*\))$/.test(tool));
  const sandbox = at(inputs, 'sandbox') ?? at(inputs, 'safety-strategy');
  const box = textOf(sandbox);
  const output = at(inputs, 'show_full_output');
  const condition = [at(step, 'if'), at(job, 'if')].find((each) => GATE.test(textOf(each) ?? ''));
  const anyone = OPEN_INPUTS.map((key) => at(inputs, key)).find((each) => textOf(each)?.trim() === '*');
  const event = at(inputs, 'prompt') ?? at(inputs, 'direct_prompt') ?? at(step, 'run');
  const flag = (node: TreeNode | null | undefined, holds: boolean): FactValue | null =>
    node && holds ? known(true, node) : null;
  return {
    kind: 'workflow',
    name: textOf(at(root, 'name')) ?? path.replace(/^.*\//, ''),
    attributes: attributesOf({
      client: known(found.client, step),
      action: action ? known(action.name, action.node) : null,
      version: action ? known(action.ref, action.node) : null,
      pin: action ? known(pinOf(action.ref), action.node) : null,
      ...startedBy(root, job),
      gated: flag(condition, true),
      anyone: flag(anyone, true),
      allowed_tools: tools.length > 0 ? known(tools, optionsNode) : null,
      unrestricted: open.length > 0 ? known(open, optionsNode) : null,
      bypass: flag(optionsNode, bypass),
      sandbox: box ? known(box, sandbox!) : null,
      reads_event: flag(event, EVENT_TEXT.test(textOf(event) ?? '')),
      full_output: flag(output, output?.scalar === true || output?.scalar === 'true'),
      secrets: secretsIn(step),
    }),
    controls: attributesOf({
      human_approval: bypass ? known(false, optionsNode) : null,
      sandbox: box ? known(!/danger-full-access|unsafe/.test(box), sandbox!) : null,
    }),
    links: [],
    source: { file: path, line: step.line, column: step.column, pointer },
    plane: 'development',
    confidence: action ? 'declared' : 'parsed',
    reader: NAME,
  };
}

const BYPASS =
  /--dangerously-skip-permissions|--dangerously-bypass-approvals-and-sandbox|--yolo\b|bypassPermissions|danger-full-access|--allow-all-tools|--yes-always/;
const OPEN_INPUTS = ['allowed_non_write_users', 'allowed_bots', 'allow-users', 'allow-bots'];
const GATE =
  /author_association|github\.(?:actor|triggering_actor)|sender\.|user\.login|head\.repo\.(?:full_name|fork)/;
const EVENT_TEXT =
  /\$\{\{[^}]*github\.event\.(?:issue|pull_request|comment|review|discussion|head_commit|workflow_run)\.[^}]*(?:body|title|message|head_branch|ref|name)\b|github\.head_ref/;

const pinOf = (ref: string): string =>
  /^[0-9a-f]{40}$/i.test(ref) ? 'exact' : /^v?\d/.test(ref) ? 'tag' : 'branch';

function startedBy(root: TreeNode, job: TreeNode | null): Readonly<Record<string, FactValue | null>> {
  const triggers = triggersOf(at(root, 'on'));
  const untrusted = triggers.filter((trigger) => trigger.untrusted);
  const writes = writesOf(at(job, 'permissions'), at(root, 'permissions'));
  return {
    triggers: triggers[0]
      ? known(
          triggers.map(({ name }) => name),
          triggers[0],
        )
      : null,
    untrusted_triggers: untrusted[0]
      ? known(
          untrusted.map(({ name }) => name),
          untrusted[0],
        )
      : null,
    writes: writes
      ? known(writes.scopes, writes.node)
      : unknown('nobody declares permissions: the repository has a default', root),
  };
}

/** What the agent may use without asking: `--allowedTools "a,b"`, or an input of that name. */
function toolsIn({ options, step }: AgentStep): string[] {
  const flag = /--allowed-?tools[= ]+(?:"([^"]*)"|'([^']*)'|(\S+))/i.exec(options);
  const input = textOf(at(step, 'with', 'allowed_tools')) ?? textOf(at(step, 'with', 'allowedTools'));
  return splitTools((flag?.[1] ?? flag?.[2] ?? flag?.[3] ?? input ?? '').replaceAll(/\r?\n/g, ','));
}

/** Names of the secrets that a step gets. */
function secretsIn(step: TreeNode): FactValue | null {
  const maps = [at(step, 'with'), at(step, 'env')].flatMap(entriesOf);
  const names = maps.flatMap(({ node }) =>
    [...(textOf(node) ?? '').matchAll(/\$\{\{\s*secrets\.([\w-]+)/g)].map((match) => ({
      name: match[1]!,
      node,
    })),
  );
  return names[0] ? known([...new Set(names.map(({ name }) => name))], names[0].node) : null;
}

/** A workflow in Markdown, which GitHub's agentic workflows compile. */
function agentic(path: string, text: string): ReturnType<Reader['read']> {
  const { root } = readFrontMatter(path, text);
  const engine = at(root, 'engine');
  if (!root || !at(root, 'on') || !(engine ?? at(root, 'tools') ?? at(root, 'safe-outputs'))) return null;
  const client = textOf(engine) ?? textOf(at(engine, 'id')) ?? 'copilot';
  const fact: Fact = {
    kind: 'workflow',
    name: textOf(at(root, 'name')) ?? path.replace(/^.*\//, ''),
    attributes: attributesOf({ client: known(client, engine ?? root), ...startedBy(root, null) }),
    controls: {},
    links: entriesOf(at(root, 'mcp-servers')).map(({ key, line, column }) => ({
      as: 'tools',
      to: key,
      toKind: 'tool',
      line,
      column,
    })),
    source: { file: path, line: 1, column: 1, pointer: '' },
    plane: 'development',
    confidence: 'declared',
    reader: NAME,
  };
  return { facts: [fact], unread: [] };
}
