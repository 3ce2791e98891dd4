import type { Framework } from './framework.ts';

/** CrewAI. What its YAML says of an agent is joined by `agents_config`. */
export const crewai: Framework = {
  name: 'crewai',
  packages: /^crewai(?:_tools)?(?:\.|$)/,
  agents: {
    Agent: {
      title: ['role'],
      model: ['llm'],
      tools: ['tools', 'mcps'],
      config: ['config'],
      controls: {
        max_iter: { name: 'step_limit', by: 'number' },
        max_execution_time: { name: 'time_limit', by: 'number' },
        max_rpm: { name: 'rate_limit', by: 'number' },
        guardrail: { name: 'output_guardrail', by: 'presence' },
      },
    },
    LiteAgent: { model: ['llm'], tools: ['tools'], controls: {} },
  },
  decorators: { tool: { name: ['name'], positional: ['name'] } },
  tools: {
    tool: { wraps: ['func'], positional: ['func'] },
    CodeInterpreterTool: { kind: 'code-interpreter' },
    ScrapeWebsiteTool: { kind: 'browser' },
    SeleniumScrapingTool: { kind: 'browser' },
    FirecrawlScrapeWebsiteTool: { kind: 'browser' },
    SerperDevTool: { kind: 'retrieval' },
    EXASearchTool: { kind: 'retrieval' },
    WebsiteSearchTool: { kind: 'retrieval' },
    RagTool: { kind: 'retrieval' },
    PDFSearchTool: { kind: 'retrieval' },
    TXTSearchTool: { kind: 'retrieval' },
    NL2SQLTool: { kind: 'sql' },
    MCPServerAdapter: { kind: 'mcp-server', servers: 'one' },
    MCPServerStdio: { kind: 'mcp-server', transport: 'stdio', servers: 'one' },
    MCPServerHTTP: { kind: 'mcp-server', transport: 'streamable-http', servers: 'one' },
    MCPServerSSE: { kind: 'mcp-server', transport: 'sse', servers: 'one' },
  },
  toolBases: ['BaseTool', 'Tool'],
  toolPackages: /^crewai_tools(?:\.|$)/,
  models: { LLM: { model: ['model'], positional: ['model'] } },
  stores: {
    LongTermMemory: { kind: 'memory' },
    ShortTermMemory: { kind: 'memory' },
    EntityMemory: { kind: 'memory' },
    ExternalMemory: { kind: 'memory' },
  },
};
