import type { FactValue } from '../fact.ts';
import { given } from '../tree.ts';
import type { Setting } from './environment.ts';
import { namesSecret } from './variables.ts';

/** Settings that let anybody in, by name and value. */
const OPEN: readonly (readonly [name: RegExp, value: RegExp])[] = [
  [
    /ALLOW_(?:EMPTY|ANONYMOUS|NO|BLANK)_?(?:PASSWORD|LOGIN)?|UNSECURED_ALLOW_ANONYMOUS|ANONYMOUS_(?:ACCESS_)?ENABLED/,
    /^(?:true|yes|1|on)$/i,
  ],
  [/^POSTGRES_HOST_AUTH_METHOD$/, /^trust$/i],
  [
    /^N8N_.*AUTH_ACTIVE$|^xpack\.security\.enabled$|^WEBUI_AUTH$|^ENABLE_AUTH(?:ENTICATION)?$|^AUTH_ENABLED$/,
    /^(?:false|no|0|off)$/i,
  ],
  [/^NEO4J_AUTH$/, /^none$/i],
  [/^(?:DISABLE_AUTH|AUTH_DISABLED|DISABLE_SECURITY_PLUGIN)$/, /^(?:true|yes|1|on)$/i],
];
/** Variables that make a store demand a password of its callers. */
const DEMANDS =
  /^(?:POSTGRES(?:QL)?|MYSQL_ROOT|MYSQL|MARIADB_ROOT|MARIADB|MONGO_INITDB_ROOT|REDIS|MSSQL_SA|SA|MINIO_ROOT|ELASTIC|CLICKHOUSE|OPENSEARCH_INITIAL_ADMIN|RABBITMQ_DEFAULT|NEO4J)_?(?:PASSWORD|PASS)(?:_FILE)?$/;
const KEYS =
  /^(?:QDRANT__SERVICE__API_KEY|AUTHENTICATION_APIKEY_ALLOWED_KEYS|MEILI_MASTER_KEY|LITELLM_MASTER_KEY|TYPESENSE_API_KEY|VLLM_API_KEY)$/;

/** What a known service demands of its callers, as its variables say; null where they do not say. */
export function authOf(settings: readonly Setting[], file: string): FactValue | null {
  const open = settings.find(({ name, value }) =>
    OPEN.some(([names, values]) => names.test(name) && value !== null && values.test(value)),
  );
  if (open) return given('none', open.spot, file);
  const key = settings.find(({ name }) => KEYS.test(name));
  if (key) return given('api-key', key.spot, file);
  const demand = settings.find(
    ({ name, value }) => DEMANDS.test(name) || (name === 'NEO4J_AUTH' && value !== null),
  );
  return demand ? given('basic', demand.spot, file) : null;
}

/** What stands where whoever starts the service has to write a secret. */
const TO_FILL_IN = /^your[_ -]|[_ -]here$|^x{3,}$|\.{3}$|\u2026$/i;

/** The first variable that holds a secret in plain text; null where there is none. */
export const plainSecret = (settings: readonly Setting[]): Setting | null =>
  settings.find(
    ({ name, value, literal }) =>
      literal &&
      value !== null &&
      value !== '' &&
      namesSecret(name) &&
      !TO_FILL_IN.test(value) &&
      !/^\/run\/secrets\/|^[<{]|^(?:true|false|\d{1,5})$/.test(value),
  ) ?? null;

/** Variables as the deployment sets them, for joining with code that reads them; secrets are there without their value. */
export function environmentFacts(settings: readonly Setting[], file: string): Record<string, FactValue> {
  const facts: Record<string, FactValue> = {};
  for (const { name, value, spot } of settings) {
    if (name === '__proto__') continue;
    const place = given('', spot, file);
    if (value !== null && !namesSecret(name)) facts[name] = given(value, spot, file);
    else
      facts[name] = {
        ...place,
        value: null,
        unresolved: value === null ? 'is set where the service is started' : 'is a secret',
      };
  }
  return facts;
}
