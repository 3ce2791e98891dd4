import type { CallSite, Definition, Module } from './expression.ts';
import { FRAMEWORKS, frameworkOf } from './frameworks/all.ts';
import type { Files } from './modules.ts';
import { lookup } from './resolve.ts';

/** Everything that is imported to make agents, tools, models or stores. */
const PACKAGES = /^(?:@ai-sdk\/|@modelcontextprotocol\/|mcp(?:\.|$)|fastmcp)/;

const NAMES: ReadonlySet<string> = new Set(
  FRAMEWORKS.flatMap(({ agents, tools, stores }) =>
    [agents, tools, stores].flatMap((table) => Object.keys(table)),
  ),
);

const isFramework = (module: string): boolean => PACKAGES.test(module) || frameworkOf(module) !== null;

/**
 * Whether a call may make something, by a look at its name alone: following every call of a file into other files
 * would cost more than all the rest.
 */
export function mayMake(call: CallSite, module: Module, files: Files): boolean {
  const { root, last } = call.names();
  if (root === null) return false;
  const found = lookup(root, { module, scope: call.scope });
  if (!found) return NAMES.has(last) || (module.stars.length > 0 && /^[A-Z]/.test(last));
  return found.definitions.some((one) => definitionMay(one, last, module, files));
}

function definitionMay(one: Definition, last: string, module: Module, files: Files): boolean {
  if (one.type === 'class') return true;
  if (one.type === 'value') return NAMES.has(last) || /^[A-Z]/.test(last);
  if (one.type !== 'import') return false;
  const name = one.name ?? last;
  if (isFramework(one.module) || NAMES.has(name) || NAMES.has(last)) return true;
  if (!/^[A-Z]/.test(name) && !/^[A-Z]/.test(last)) return false;
  // A class of the repository matters when it extends one of a framework.
  const path =
    files.find(module, one.module) ?? (one.name && files.find(module, `${one.module}.${one.name}`));
  const text = path ? files.text(path) : null;
  return text !== null && /Agent|Tool|Server|Chat|LLM/.test(text);
}
