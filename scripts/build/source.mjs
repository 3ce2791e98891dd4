import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { root } from './root.mjs';

/** What `scripts/build/<name>.ts` exports of the program: bundled first, because Node 20 does not run TypeScript. */
export async function fromSource(name) {
  const outfile = `${root}build/tmp/${name}.mjs`;
  await esbuild.build({
    entryPoints: [`${root}scripts/build/${name}.ts`],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
    // Some libraries are CommonJS and ask for node's own modules by `require`.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  return import(`${pathToFileURL(outfile)}?${Date.now()}`);
}
