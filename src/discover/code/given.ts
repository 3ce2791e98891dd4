import type { Call, FunctionItem } from './expression.ts';
import type { Given, Option, Site } from './target.ts';

const NOTHING: Given = new Map();

/**
 * What the parameters of a function stand for in one call of it. `site` is where the call is written, `home` the file of
 * the function and what is known of the functions that it stands in.
 */
export function givenBy(item: FunctionItem, call: Call, site: Site, home: Omit<Site, 'scope'>): Given {
  const known = new Map<string, Option>();
  const keys = call.args[0]?.type === 'mapping' ? call.args[0].entries : [];
  for (const [name, [first]] of item.scope.names) {
    if (first?.type !== 'unknown' || first.parameter === undefined) continue;
    const entries = first.parameter === 'key' ? keys : call.named;
    const position = first.parameter === 'key' ? undefined : call.args[first.parameter];
    const expr = entries.findLast(({ key }) => key === name)?.value ?? position;
    if (expr) known.set(name, { expr, site });
    else if (first.otherwise && call.spread.length === 0)
      known.set(name, { expr: first.otherwise(), site: { module: home.module, scope: item.outer } });
  }
  if (known.size === 0 && !site.given) return home.given ?? NOTHING;
  return new Map([...(home.given ?? []), ...(site.given ?? []), [item.scope, known]]);
}
