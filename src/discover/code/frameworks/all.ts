import type { Reference } from '../resolve.ts';
import { aiSdk } from './ai-sdk.ts';
import { crewai } from './crewai.ts';
import type { Framework } from './framework.ts';
import { googleAdk } from './google-adk.ts';
import { langchain } from './langchain.ts';
import { mastra } from './mastra.ts';
import { openaiAgents } from './openai-agents.ts';

/** Every framework that is read. */
export const FRAMEWORKS: readonly Framework[] = [openaiAgents, langchain, crewai, googleAdk, mastra, aiSdk];

/** All packages in one pattern: most modules are of none, and that is asked of every call. */
const PACKAGES = new RegExp(FRAMEWORKS.map(({ packages }) => packages.source).join('|'));

/** The framework that a module is of; null for none. */
export const frameworkOf = (module: string): Framework | null =>
  PACKAGES.test(module) ? (FRAMEWORKS.find(({ packages }) => packages.test(module)) ?? null) : null;

interface Shape {
  readonly in?: RegExp;
}

/** The framework and the entry of one of its tables that a reference means; null for none. */
export function shapeOf<T extends Shape>(
  reference: Reference | null,
  table: (framework: Framework) => Readonly<Record<string, T>> | undefined,
): { framework: Framework; shape: T } | null {
  if (!reference) return null;
  const framework = frameworkOf(reference.module);
  const shapes = framework ? table(framework) : undefined;
  if (!framework || !shapes) return null;
  const owner = reference.module.slice(reference.module.lastIndexOf('.') + 1);
  // `StructuredTool.from_function`: the class stands last in the module part.
  for (const name of [`${owner}.${reference.name}`, reference.name]) {
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (shape && (!shape.in || shape.in.test(reference.module))) return { framework, shape };
  }
  return null;
}
