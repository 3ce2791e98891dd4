import type { Fact, FactLink, FactValue, Reader } from '../fact.ts';
import { linkTo, makeFact, modelFact } from '../make.ts';
import {
  at,
  entriesOf,
  flagOf,
  given,
  isMap,
  itemsOf,
  readTrees,
  type Spot,
  type Tree,
  textOf,
  textsOf,
  unreadOf,
} from '../tree.ts';

const READER = 'crewai-yaml';

/** CrewAI's `agents.yaml` and `tasks.yaml`. What their Python adds hangs on the keys: `agents_config['researcher']`. */
export const crewaiReader: Reader = {
  name: READER,
  wants: (path) => /(?:^|[/_-])(?:agents|tasks)[\w-]*\.ya?ml$/i.test(path),
  read: (path, text) => {
    const { documents, problems } = readTrees(path, text);
    const root = documents[0] ?? null;
    const entries = entriesOf(root).filter(({ value }) => isMap(value));
    const has = (...keys: string[]) => entries.some(({ value }) => keys.every((key) => at(value, key)));
    const unread = unreadOf(path, problems);
    const agents = entries.filter(({ value }) => at(value, 'role') && at(value, 'goal'));
    if (agents.length > 0) return { facts: agents.flatMap((each) => agentFacts(path, each, agents)), unread };
    if (has('description', 'expected_output')) return { facts: taskFacts(path, entries), unread };
    return null;
  },
};

interface Item {
  readonly name: string;
  readonly key: Spot;
  readonly value: Tree;
}

/** An agent, the model that it names, and the interpreter that it gets by a flag. */
function agentFacts(file: string, { name, key, value }: Item, all: readonly Item[]): Fact[] {
  const links: FactLink[] = [];
  const more: Fact[] = [];
  const llm = at(value, 'llm');
  const model = textOf(llm);
  if (llm && model !== null) {
    more.push(modelFact(model, llm, [name, 'llm'], READER));
    links.push(linkTo('models', 'model', model, llm, file));
  }
  for (const tool of itemsOf(at(value, 'tools'))) {
    const written = textOf(tool);
    if (written !== null) links.push(linkTo('tools', 'tool', written, tool, file));
  }
  const delegation = at(value, 'allow_delegation');
  if (delegation && flagOf(delegation))
    for (const mate of all)
      if (mate.name !== name) links.push(linkTo('delegates_to', 'agent', mate.name, delegation, file));
  const code = at(value, 'allow_code_execution');
  const mode = at(value, 'code_execution_mode');
  if (code && flagOf(code)) {
    const sandboxed =
      mode && ['safe', 'unsafe'].includes(textOf(mode) ?? '')
        ? given(textOf(mode) === 'safe', mode, file)
        : null;
    more.push(
      makeFact({
        kind: 'tool',
        name: `${name}_code_execution`,
        spot: code,
        path: [name, 'allow_code_execution'],
        reader: READER,
        attributes: { kind: given('code-interpreter', code, file) },
        controls: { sandbox: sandboxed },
      }),
    );
    links.push(linkTo('tools', 'tool', `${name}_code_execution`, code, file));
  }
  const memory = at(value, 'memory');
  return [
    makeFact({
      kind: 'agent',
      name,
      spot: key,
      path: [name],
      reader: READER,
      attributes: {
        framework: given('crewai', key, file),
        description: described(at(value, 'role'), file),
        allow_delegation: flagValue(delegation, file),
        long_memory: flagValue(memory, file),
      },
      controls: {
        step_limit: measured(at(value, 'max_iter'), '', file),
        rate_limit: measured(at(value, 'max_rpm'), '/min', file),
        time_limit: measured(at(value, 'max_execution_time'), 's', file),
      },
      links,
    }),
    ...more,
  ];
}

/** What tasks show about the agents that do them. A control counts only when every task of an agent has it. */
function taskFacts(file: string, tasks: readonly Item[]): Fact[] {
  const agentOf = new Map(tasks.map(({ name, value }) => [name, textOf(at(value, 'agent'))]));
  return tasks.map(({ name, key, value }) => {
    const agent = at(value, 'agent');
    const agentName = agentOf.get(name) ?? null;
    const siblings = tasks.filter((task) => agentName !== null && agentOf.get(task.name) === agentName);
    const human = at(value, 'human_input');
    const guardrail = at(value, 'guardrail') ?? at(value, 'guardrails');
    const approved = siblings.length > 0 && siblings.every((task) => flagOf(at(task.value, 'human_input')));
    const guarded =
      siblings.length > 0 &&
      siblings.every((task) => at(task.value, 'guardrail') ?? at(task.value, 'guardrails'));
    const before = textsOf(at(value, 'context')).flatMap((task): FactLink[] => {
      const source = agentOf.get(task);
      return source && agent && source !== agentName
        ? [linkTo('from', 'agent', source, at(value, 'context')!, file)]
        : [];
    });
    return makeFact({
      kind: 'policy',
      name,
      spot: key,
      path: [name],
      reader: READER,
      attributes: {
        kind: given('task', key, file),
        human_input: flagValue(human, file),
        guardrail: guardrail ? given(true, guardrail, file) : null,
        output_file: described(at(value, 'output_file'), file),
      },
      controls: {
        human_approval: human && flagOf(human) && approved ? given(true, human, file) : null,
        output_validation: guardrail && guarded ? given(true, guardrail, file) : null,
      },
      links: [
        ...(agent && agentName !== null ? [linkTo('covers', 'agent', agentName, agent, file)] : []),
        ...before,
      ],
    });
  });
}

const described = (tree: Tree | null, file: string): FactValue | null => {
  const text = textOf(tree)?.replaceAll(/\s+/g, ' ').trim();
  return tree && text ? given(text, tree, file) : null;
};

const flagValue = (tree: Tree | null, file: string): FactValue | null => {
  const flag = flagOf(tree);
  return tree && flag !== null ? given(flag, tree, file) : null;
};

const measured = (tree: Tree | null, unit: string, file: string): FactValue | null =>
  tree && /^\d+$/.test(textOf(tree) ?? '') ? given(`${textOf(tree)}${unit}`, tree, file) : null;
