import { join } from 'node:path';
import esbuild from 'esbuild';
import { folder, ROOT, succeed } from './support.mjs';

/** What test/support/mutation.ts exports, as a file that Node 20 can import. */
export async function bundledMutation() {
  succeed(process.execPath, [join(ROOT, 'scripts/generate.mjs')]);
  const outfile = join(folder(), 'mutation.mjs');
  await esbuild.build({
    entryPoints: [join(ROOT, 'test/support/mutation.ts')],
    bundle: true,
    platform: 'node',
    // Its other build asks for its parts at run time, which no bundle holds.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    format: 'esm',
    outfile,
    logLevel: 'error',
    // Some libraries are CommonJS and ask for node's own modules by `require`.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  return outfile;
}
