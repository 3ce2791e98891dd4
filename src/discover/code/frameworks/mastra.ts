import type { Framework, StoreShape } from './framework.ts';

const vectors: StoreShape = { kind: 'vector-store' };
const states: StoreShape = { kind: 'state-store' };

/** Mastra. */
export const mastra: Framework = {
  name: 'mastra',
  packages: /^@mastra\//,
  agents: {
    Agent: { name: ['name', 'id'], model: ['model'], tools: ['tools'], delegates: ['agents'] },
    NewAgentNetwork: { name: ['name', 'id'], model: ['model'], tools: ['tools'], delegates: ['agents'] },
    AgentNetwork: { name: ['name', 'id'], model: ['model'], delegates: ['agents'] },
  },
  tools: {
    createTool: { name: ['id'], approval: ['requireApproval'] },
    createVectorQueryTool: { kind: 'retrieval', name: ['id'] },
    createGraphRAGTool: { kind: 'retrieval', name: ['id'] },
    MCPClient: { kind: 'mcp-server', name: ['id'], servers: 'many' },
    MCPConfiguration: { kind: 'mcp-server', name: ['id'], servers: 'many' },
  },
  toolObjects: { approval: ['requireApproval', 'needsApproval'] },
  models: {},
  stores: {
    Memory: { kind: 'memory', in: /^@mastra\/memory/ },
    LibSQLStore: states,
    PostgresStore: states,
    PgStore: states,
    UpstashStore: states,
    D1Store: states,
    MongoDBStore: states,
    InMemoryStore: states,
    LibSQLVector: vectors,
    PgVector: vectors,
    PineconeVector: vectors,
    QdrantVector: vectors,
    ChromaVector: vectors,
    UpstashVector: vectors,
    MongoDBVector: vectors,
  },
  guards: {
    PromptInjectionDetector: 'input_guardrail',
    ModerationProcessor: 'input_guardrail',
    ModerationInputProcessor: 'input_guardrail',
    PIIDetector: 'pii_redaction',
    SystemPromptScrubber: 'output_guardrail',
    TokenLimiterProcessor: 'token_budget',
  },
};
