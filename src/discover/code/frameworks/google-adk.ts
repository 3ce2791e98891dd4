import type { AgentShape, Framework, StoreShape } from './framework.ts';

const AGENT: AgentShape = {
  name: ['name'],
  model: ['model'],
  tools: ['tools'],
  delegates: ['sub_agents', 'subAgents'],
};
const WORKFLOW: AgentShape = {
  name: ['name'],
  delegates: ['sub_agents', 'subAgents'],
  controls: { max_iterations: { name: 'step_limit', by: 'number' } },
  workflow: true,
};
const memory: StoreShape = { kind: 'memory' };
const sessions: StoreShape = { kind: 'state-store' };

/** Google's Agent Development Kit. */
export const googleAdk: Framework = {
  name: 'google-adk',
  packages: /^(?:google\.adk(?:\.|$)|google$|@google\/adk)/,
  agents: {
    Agent: AGENT,
    LlmAgent: AGENT,
    SequentialAgent: WORKFLOW,
    ParallelAgent: WORKFLOW,
    LoopAgent: WORKFLOW,
    BaseAgent: WORKFLOW,
    LangGraphAgent: { ...WORKFLOW },
    RemoteA2aAgent: { ...WORKFLOW },
  },
  tools: {
    FunctionTool: { wraps: ['func'], positional: ['func'], approval: ['require_confirmation'] },
    LongRunningFunctionTool: { wraps: ['func'], positional: ['func'] },
    AgentTool: { agent: ['agent'], positional: ['agent'] },
    MCPToolset: { kind: 'mcp-server', servers: 'one' },
    McpToolset: { kind: 'mcp-server', servers: 'one' },
    VertexAiSearchTool: { kind: 'retrieval' },
    VertexAiRagRetrieval: { kind: 'retrieval', name: ['name'] },
    BigQueryToolset: { kind: 'sql' },
    OpenAPIToolset: { kind: 'api' },
    APIHubToolset: { kind: 'api' },
    ApplicationIntegrationToolset: { kind: 'api' },
    ToolboxToolset: { kind: 'api' },
    LangchainTool: { name: ['name'], wraps: ['tool'], positional: ['tool'] },
    CrewaiTool: { name: ['name'], wraps: ['tool'], positional: ['tool'] },
  },
  toolBases: ['BaseTool', 'BaseToolset', 'FunctionTool'],
  toolPackages: /^google\.adk\.tools/,
  models: {
    LiteLlm: { model: ['model'], positional: ['model'] },
    Gemini: { provider: 'google', model: ['model'], positional: ['model'] },
    Claude: { provider: 'anthropic', model: ['model'], positional: ['model'] },
  },
  stores: {
    InMemorySessionService: sessions,
    DatabaseSessionService: sessions,
    VertexAiSessionService: sessions,
    InMemoryMemoryService: memory,
    VertexAiRagMemoryService: memory,
    VertexAiMemoryBankService: memory,
    InMemoryArtifactService: { kind: 'files' },
    GcsArtifactService: { kind: 'object-store' },
  },
};
