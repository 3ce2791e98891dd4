/**
 * Thrown by the quick program (src/cli/quick.ts) where only the whole one can go on. In that program stand-ins take the
 * place of what most runs never need: scripts/build/bundle.mjs lists them.
 */
export class NeedsWhole extends Error {
  override name = 'NeedsWhole';
}
