import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { HOME } from '../support/cli.ts';

/** What GitHub's own description says of the operations we use: `scripts/github-openapi.mjs` makes the file. */
const api = JSON.parse(readFileSync(join(HOME, 'test/fixtures/github-openapi.json'), 'utf8')) as Api;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: object;
}
interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly $ref: string }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: object } } };
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { schema: object }>> }>
  >;
}
interface Api {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly parameters: Readonly<Record<string, Parameter>>; readonly schemas: object };
}

export interface Asked {
  readonly method: string;
  /** From the API's root, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false, validateFormats: false });
ajv.addSchema({ $id: 'api', components: jsonSchema(api.components) });
const compiled = new Map<object, ValidateFunction>();

/** The operation that a request is, or null. */
export function operationOf({ method, path }: Asked): string | null {
  return find(method, new URL(path, 'http://api').pathname)?.operation.operationId ?? null;
}

/** Everything in a request that GitHub's description does not allow. */
export function violations(asked: Asked): string[] {
  const { pathname, searchParams } = new URL(asked.path, 'http://api');
  const found = find(asked.method, pathname);
  if (!found) return [`${asked.method} ${pathname} is no operation of the fixture`];
  const { operation, values } = found;
  const parameters = operation.parameters.map(
    ({ $ref }) => api.components.parameters[$ref.split('/').at(-1)!]!,
  );
  const wrong: string[] = [];
  for (const { name, in: where, required, schema } of parameters) {
    const value = where === 'path' ? values[name] : searchParams.get(name);
    if (value === null || value === undefined) {
      if (required) wrong.push(`${name} is missing`);
    } else wrong.push(...errors(schema, coerced(value, schema), name));
  }
  const known = parameters.filter((each) => each.in === 'query').map(({ name }) => name);
  for (const name of searchParams.keys()) if (!known.includes(name)) wrong.push(`the query has ${name}`);
  wrong.push(...bodyErrors(operation, asked.body));
  if (!/^application\/(?:vnd\.github[\w.+-]*|json)/.test(asked.headers['accept'] ?? '')) {
    wrong.push(`accept is ${asked.headers['accept']}`);
  }
  if (!asked.headers['user-agent']) wrong.push('there is no user-agent, which GitHub refuses');
  return wrong;
}

/** Everything in an answer of the test's own server that GitHub's would not say. */
export function answerViolations(operationId: string, status: number, body: unknown): string[] {
  const operation = Object.values(api.paths)
    .flatMap((methods) => Object.values(methods))
    .find((each) => each.operationId === operationId)!;
  const answer = operation.responses[String(status)];
  if (!answer) return [`${operationId} never answers ${status}`];
  const schema = answer.content['application/json']?.schema;
  if (!schema) return [];
  // A whole pull request has hundreds of properties: what the test's server leaves out nobody reads.
  if (operationId === 'pulls/get') return errors(PARTIAL_PULL, body, operationId);
  return errors(schema, body, `${operationId} ${status}`);
}

const PARTIAL_PULL = withoutRequired(
  (api.components.schemas as Record<string, object>)['pull-request']!,
) as object;

function withoutRequired(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutRequired);
  if (node === null || typeof node !== 'object') return node;
  const { required, ...rest } = node as Record<string, unknown>;
  const kept = Array.isArray(required) ? rest : node;
  const of = (value: string) => (api.components.schemas as Record<string, object>)[value.split('/').at(-1)!]!;
  if ('$ref' in kept && typeof kept.$ref === 'string') return withoutRequired(of(kept.$ref));
  return Object.fromEntries(Object.entries(kept).map(([key, value]) => [key, withoutRequired(value)]));
}

function bodyErrors({ requestBody }: Operation, body: unknown): string[] {
  if (!requestBody) return body === undefined ? [] : ['there is a body'];
  // GitHub ignores properties it does not know: a misspelt one would go unnoticed.
  const schema = { ...requestBody.content['application/json'].schema, additionalProperties: false };
  return errors(schema, body, 'body');
}

function find(method: string, pathname: string) {
  for (const [template, methods] of Object.entries(api.paths)) {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    const match = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '([^/]+)')}$`).exec(pathname);
    const operation = methods[method.toLowerCase()];
    if (!match || !operation) continue;
    const values = Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(match[i + 1]!)]));
    return { operation, values };
  }
  return null;
}

function errors(schema: object, value: unknown, what: string): string[] {
  let validate = compiled.get(schema);
  if (!validate) {
    validate = ajv.compile(jsonSchema(schema) as object);
    compiled.set(schema, validate);
  }
  return validate(value) ? [] : validate.errors!.map((each) => `${what}${each.instancePath} ${each.message}`);
}

const coerced = (value: string, schema: object): unknown =>
  'type' in schema && schema.type === 'integer' && /^\d+$/.test(value) ? Number(value) : value;

/** OpenAPI 3.0 says `nullable` where JSON Schema says `type: [..., null]`. */
function jsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(jsonSchema);
  if (node === null || typeof node !== 'object') return node;
  const made = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' ? String(value).replace('#/', 'api#/') : jsonSchema(value),
    ]),
  );
  if ((node as { nullable?: unknown }).nullable !== true) return made;
  const { nullable: _, ...rest } = made;
  return { anyOf: [rest, { type: 'null' }] };
}
