import type { Reader, Unread } from './fact.ts';
import { readJson } from './read/json.ts';
import { readToml } from './read/toml.ts';
import { at, entriesOf, type TreeNode, textOf } from './read/tree.ts';

/** Frameworks for agents, and clients of models, of which no reader knows the code, with the names of their packages. */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  LlamaIndex: ['llama-index', 'llama-index-core', 'llamaindex', '@llamaindex/core', '@llamaindex/workflow'],
  'Microsoft Agent Framework': ['agent-framework', 'agent-framework-core'],
  AutoGen: ['autogen', 'autogen-agentchat', 'autogen-core', 'pyautogen', 'ag2'],
  'Semantic Kernel': ['semantic-kernel'],
  'Pydantic AI': ['pydantic-ai', 'pydantic-ai-slim'],
  Agno: ['agno'],
  Strands: ['strands-agents', '@strands-agents/sdk'],
  smolagents: ['smolagents'],
  Haystack: ['haystack-ai'],
  DSPy: ['dspy', 'dspy-ai'],
  Genkit: ['genkit', '@genkit-ai/core', '@genkit-ai/ai'],
  VoltAgent: ['@voltagent/core'],
  'Claude Agent SDK': ['claude-agent-sdk', '@anthropic-ai/claude-agent-sdk'],
  openai: ['openai'],
  anthropic: ['anthropic', '@anthropic-ai/sdk'],
  'google-genai': ['google-genai', 'google-generativeai', '@google/genai', '@google/generative-ai'],
  litellm: ['litellm'],
  ollama: ['ollama'],
};
const BY_NAME = new Map(
  Object.entries(LIBRARIES).flatMap(([library, names]) => names.map((name) => [name, library])),
);
/** Whether one of the names may stand in a text: most manifests hold none, and need not be taken apart. */
const HINT = new RegExp(
  `(?:^|["'])[ \\t]{0,40}(?:${[...BY_NAME.keys()].map((name) => name.replaceAll('-', '[-_.]')).join('|')})(?![\\w-])`,
  'im',
);

/** A package that something depends on, and the line that says so. */
interface Needed {
  readonly name: string;
  readonly line: number;
}

/** What programs are built on, for what of it is not read: the files of code alone do not tell. */
export const manifests: Reader = {
  name: 'manifests',
  wants: (path) => /(?:^|\/)(?:package\.json|pyproject\.toml|requirements[\w.-]*\.txt)$/.test(path),
  read: (path, text) => {
    if (!HINT.test(text)) return null;
    const needed = path.endsWith('.json')
      ? ofNode(text)
      : path.endsWith('.toml')
        ? ofProject(text)
        : text.split('\n').flatMap((line, i) => requirement(line, i + 1));
    const unread = new Map<string, Unread>();
    for (const { name, line } of needed) {
      const library = BY_NAME.get(name);
      if (!library || unread.has(library)) continue;
      unread.set(library, { file: path, line, why: `no reader knows code on ${library}`, library });
    }
    return unread.size > 0 ? { facts: [], unread: [...unread.values()] } : null;
  },
};

/** Not what is only there to build and test with. */
const ofNode = (text: string): readonly Needed[] =>
  entriesOf(at(readJson(text).root, 'dependencies')).map(({ key, line }) => ({ name: key, line }));

function ofProject(text: string): readonly Needed[] {
  const { root } = readToml(text);
  const listed = [
    at(root, 'project', 'dependencies'),
    ...entriesOf(at(root, 'project', 'optional-dependencies')).map(({ node }) => node),
  ].flatMap((list: TreeNode | null) => list?.items ?? []);
  return [
    ...listed.flatMap((node) => requirement(textOf(node) ?? '', node.line)),
    ...entriesOf(at(root, 'tool', 'poetry', 'dependencies')).flatMap(({ key, line }) =>
      requirement(key, line),
    ),
  ];
}

/** `pydantic_ai[logfire]>=1` needs pydantic-ai. */
function requirement(written: string, line: number): Needed[] {
  const name = /^\s*([A-Za-z0-9][\w.-]*)/.exec(written)?.[1];
  return name ? [{ name: name.toLowerCase().replaceAll(/[_.]/g, '-'), line }] : [];
}
