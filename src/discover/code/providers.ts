import type { Call, Expr } from './expression.ts';
import { shapeOf } from './frameworks/all.ts';
import type { Files } from './modules.ts';
import { follow, MOST_OPTIONS, type Option, type Reference, referenceOf, type Site } from './resolve.ts';
import { argument, literal } from './values.ts';

const PROVIDER = /^(?:@ai-sdk\/|@openrouter\/ai-sdk-provider|ollama-ai-provider)/;

/**
 * Who serves the model of `openai('…')`, `openai.chat('…')` and `create…({…})('…')` of the AI SDK; empty where the name
 * of the model says it, as it does behind a gateway. Null for any other call.
 */
export function providerOf(
  callee: Expr,
  reference: Reference | null,
  site: Site,
  files: Files,
): string | null {
  if (reference && !/^create/.test(reference.name)) {
    const { module, name } = reference;
    if (module === 'ai.gateway' || (module === 'ai' && name === 'gateway')) return '';
    if (PROVIDER.test(module)) return providerName(module);
  }
  const owner = callee.type === 'member' ? callee.of : callee;
  const target = follow(owner, site, files);
  if (target.type !== 'value' || target.expr.type !== 'call') return null;
  const made = referenceOf(target.expr.callee, target.site, files);
  if (!made || !/^create/.test(made.name)) return null;
  if (made.module === 'ai' && made.name === 'createGateway') return '';
  return PROVIDER.test(made.module) ? providerName(made.module) : null;
}

const providerName = (module: string): string =>
  module
    .replace(/^@ai-sdk\//, '')
    .replace(/^@(\w+)\/.*/, '$1')
    .replace(/\..*/, '')
    .replace(/^gateway$/, '');

/**
 * What `provider.languageModel('fast')` may give where the repository makes the provider itself: one model, or each of
 * several when only a run knows the name. Null when the call is none of those.
 */
export function modelsGiven({ callee, args }: Call, site: Site, files: Files): readonly Option[] | null {
  if (callee.type !== 'member' || !args[0]) return null;
  const target = follow(callee.of, site, files);
  if (target.type !== 'value' || target.expr.type !== 'call') return null;
  const made = shapeOf(referenceOf(target.expr.callee, target.site, files), ({ providers }) => providers);
  if (!made) return null;
  // The name that a registry is asked for says it all.
  if (!made.shape.models) return [{ expr: args[0], site }];
  const given = argument(target.expr, made.shape.models, target.site, files);
  const models = given ? follow(given.expr, given.site, files) : null;
  if (models?.type !== 'value' || models.expr.type !== 'mapping') return null;
  const asked = literal(args[0], site, files).value;
  const fitting = models.expr.entries.filter(({ key }) => asked === null || key === asked);
  if (fitting.length === 0 || fitting.length > MOST_OPTIONS) return null;
  return fitting.map(({ value }) => ({ expr: value, site: models.site }));
}
