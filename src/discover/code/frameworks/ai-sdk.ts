import type { AgentShape, Framework, ToolShape } from './framework.ts';

const AGENT: AgentShape = {
  name: ['id'],
  model: ['model'],
  tools: ['tools'],
  controls: {
    stopWhen: { name: 'step_limit', by: 'presence' },
    maxSteps: { name: 'step_limit', by: 'number' },
  },
};
/** One call of a model in code is a step of an agent that nobody gave a name. */
const STEP: AgentShape = { ...AGENT, name: [], inferred: true };

/** `openai.tools.webSearch()`: what the vendor of a model offers beside it, without the day of its version. */
const VENDOR: Readonly<Record<string, ToolShape>> = Object.fromEntries(
  Object.entries({
    retrieval:
      'webSearch webSearchPreview enterpriseWebSearch xSearch browserSearch googleSearch googleMaps fileSearch vertexRagStore',
    'http-client': 'webFetch urlContext',
    'code-interpreter': 'codeInterpreter codeExecution',
    shell: 'bash shell localShell applyPatch textEditor',
    browser: 'computer',
    api: 'imageGeneration',
  }).flatMap(([kind, names]) => names.split(' ').map((name) => [`tools.${name}`, { kind }])),
);

/** The AI SDK of Vercel: `ai` and its providers. */
export const aiSdk: Framework = {
  name: 'ai-sdk',
  packages: /^(?:ai$|ai\/|@ai-sdk\/)/,
  agents: {
    ToolLoopAgent: AGENT,
    Experimental_Agent: AGENT,
    Agent: AGENT,
    generateText: STEP,
    streamText: STEP,
    generateObject: STEP,
    streamObject: STEP,
  },
  tools: {
    tool: { approval: ['needsApproval'] },
    dynamicTool: { approval: ['needsApproval'] },
    createMCPClient: { kind: 'mcp-server', name: ['name'], servers: 'one' },
    experimental_createMCPClient: { kind: 'mcp-server', name: ['name'], servers: 'one' },
    ...VENDOR,
    'tools.mcp': { kind: 'mcp-server', name: ['serverLabel'], servers: 'one' },
  },
  toolFactories: /^@ai-sdk\/[\w-]+\.\w+\.tools$/,
  toolObjects: { approval: ['needsApproval'] },
  models: {
    wrapLanguageModel: { model: ['model'] },
    experimental_wrapLanguageModel: { model: ['model'] },
    wrapEmbeddingModel: { model: ['model'] },
  },
  providers: {
    customProvider: { models: ['languageModels'] },
    experimental_customProvider: { models: ['languageModels'] },
    createProviderRegistry: {},
    experimental_createProviderRegistry: {},
  },
  runs: { embed: { model: ['model'] }, embedMany: { model: ['model'] } },
  stores: {},
};
