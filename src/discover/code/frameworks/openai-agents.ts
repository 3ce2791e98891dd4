import type { AgentShape, Framework, ModelShape, ToolShape } from './framework.ts';

const AGENT: AgentShape = {
  name: ['name'],
  model: ['model'],
  tools: ['tools', 'mcp_servers', 'mcpServers'],
  delegates: ['handoffs'],
  positional: ['name'],
  controls: {
    input_guardrails: { name: 'input_guardrail', by: 'presence' },
    inputGuardrails: { name: 'input_guardrail', by: 'presence' },
    output_guardrails: { name: 'output_guardrail', by: 'presence' },
    outputGuardrails: { name: 'output_guardrail', by: 'presence' },
  },
};

const DECORATOR = { name: ['name_override'], approval: ['needs_approval'] };

const CLIENT_FIRST: ModelShape = { provider: 'openai', model: ['model'], positional: ['client', 'model'] };

const server = (transport: string): ToolShape => ({
  kind: 'mcp-server',
  name: ['name'],
  transport,
  servers: 'one',
});

/** The OpenAI Agents SDK of Python (`agents`) and of TypeScript (`@openai/agents`). */
export const openaiAgents: Framework = {
  name: 'openai-agents',
  packages: /^(?:agents(?:\.|$)|@openai\/agents)/,
  agents: { Agent: AGENT, RealtimeAgent: AGENT, SandboxAgent: AGENT, 'Agent.create': AGENT },
  decorators: {
    function_tool: DECORATOR,
    // The same under another name.
    tool: { ...DECORATOR, in: /^agents\.decorators$/ },
  },
  tools: {
    function_tool: {
      name: ['name_override'],
      wraps: ['func'],
      positional: ['func'],
      approval: ['needs_approval'],
    },
    tool: { name: ['name'], approval: ['needsApproval'] },
    FunctionTool: { name: ['name'], positional: ['name'], approval: ['needs_approval'] },
    WebSearchTool: { kind: 'retrieval' },
    webSearchTool: { kind: 'retrieval' },
    FileSearchTool: { kind: 'retrieval' },
    fileSearchTool: { kind: 'retrieval' },
    CodeInterpreterTool: { kind: 'code-interpreter' },
    codeInterpreterTool: { kind: 'code-interpreter' },
    ComputerTool: { kind: 'browser' },
    computerTool: { kind: 'browser' },
    ImageGenerationTool: { kind: 'api' },
    imageGenerationTool: { kind: 'api' },
    LocalShellTool: { kind: 'shell' },
    ShellTool: { kind: 'shell' },
    shellTool: { kind: 'shell' },
    ApplyPatchTool: { kind: 'shell' },
    applyPatchTool: { kind: 'shell' },
    codexTool: { kind: 'shell', name: ['name'] },
    ToolSearchTool: {},
    toolSearchTool: { kind: 'function' },
    ProgrammaticToolCallingTool: {},
    programmaticToolCallingTool: { kind: 'function' },
    HostedMCPTool: { kind: 'mcp-server', servers: 'one' },
    hostedMcpTool: { kind: 'mcp-server', name: ['serverLabel'], servers: 'one' },
    MCPServerStdio: server('stdio'),
    MCPServerSse: server('sse'),
    MCPServerSSE: server('sse'),
    MCPServerStreamableHttp: server('streamable-http'),
    MCPServerStreamableHTTP: server('streamable-http'),
  },
  models: {
    OpenAIChatCompletionsModel: { provider: 'openai', model: ['model'], positional: ['model'] },
    OpenAIResponsesModel: { provider: 'openai', model: ['model'], positional: ['model'] },
    // In TypeScript the client comes first.
    '@openai/agents.OpenAIChatCompletionsModel': CLIENT_FIRST,
    '@openai/agents.OpenAIResponsesModel': CLIENT_FIRST,
    OpenAIHostedMultiAgentModel: CLIENT_FIRST,
    aisdk: { model: ['model'], positional: ['model'] },
    LitellmModel: { model: ['model'], positional: ['model'] },
  },
  runs: { RealtimeSession: { agent: ['initialAgent'], model: ['model'], positional: ['initialAgent'] } },
  stores: {
    SQLiteSession: { kind: 'memory' },
    SQLAlchemySession: { kind: 'memory' },
    EncryptedSession: { kind: 'memory' },
    OpenAIConversationsSession: { kind: 'memory' },
    MemorySession: { kind: 'memory' },
  },
};
