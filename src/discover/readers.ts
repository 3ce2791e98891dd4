import { a2aCard } from './a2a-card.ts';
import { claudeSettings } from './claude-settings.ts';
import { python, typescript } from './code/code-reader.ts';
import { codexConfig } from './codex-config.ts';
import { codingAgents } from './coding-agents.ts';
import { composeReader } from './compose/reader.ts';
import { agentcoreReader } from './config/agentcore.ts';
import { crewaiReader } from './config/crewai.ts';
import { langgraphReader } from './config/langgraph.ts';
import { litellmReader } from './config/litellm.ts';
import type { Reader } from './fact.ts';
import { geminiSettings } from './gemini-settings.ts';
import { githubWorkflow } from './github-workflow.ts';
import { kubernetesReader } from './kubernetes/reader.ts';
import { manifests } from './manifests.ts';
import { mcpConfig } from './mcp-config.ts';
import { mcpServerJson } from './mcp-server-json.ts';
import { opencodeConfig } from './opencode-config.ts';

/** Every kind of artifact that is read, in the order in which facts are reported. */
export const READERS: readonly Reader[] = [
  mcpConfig,
  claudeSettings,
  codingAgents,
  codexConfig,
  opencodeConfig,
  geminiSettings,
  githubWorkflow,
  mcpServerJson,
  a2aCard,
  composeReader,
  langgraphReader,
  crewaiReader,
  kubernetesReader,
  litellmReader,
  agentcoreReader,
  manifests,
  python,
  typescript,
];
