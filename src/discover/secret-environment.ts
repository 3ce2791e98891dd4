import type { Fact } from './fact.ts';
import { credentialsIn } from './mcp/credentials.ts';
import { secretFacts } from './mcp/secret-facts.ts';
import type { TreeNode } from './read/tree.ts';

/** The credentials that stand in a map of variables of developers' tooling. */
export const environmentSecrets = (file: string, node: TreeNode | null, pointer: string): Fact[] =>
  secretFacts({ file, pointer, plane: 'development' }, credentialsIn(node, 'env'));
