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

export const frameworkOf = (reference: Reference): Framework | null =>
  FRAMEWORKS.find(({ packages }) => packages.test(reference.module)) ?? null;

interface Shape {
  readonly in?: RegExp;
}

/** The framework and the entry of one of its tables that a reference means; null for none. */
export function shapeOf<T extends Shape>(
  reference: Reference | null,
  table: (framework: Framework) => Readonly<Record<string, T>> | undefined,
): { framework: Framework; shape: T } | null {
  if (!reference) return null;
  const framework = frameworkOf(reference);
  const shapes = framework ? table(framework) : undefined;
  if (!framework || !shapes) return null;
  const parts = reference.module.split('.');
  const owner = parts.at(-1) ?? '';
  // `StructuredTool.from_function`: the class stands last in the module part.
  for (const name of [`${owner}.${reference.name}`, reference.name]) {
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (shape && (!shape.in || shape.in.test(reference.module))) return { framework, shape };
  }
  return null;
}
