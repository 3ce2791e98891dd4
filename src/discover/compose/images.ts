import type { FactKind } from '../fact.ts';

/** What an image is known to be: kind of the component and its `kind` in the language. */
export interface ImageRole {
  readonly kind: FactKind;
  /** Empty where the language has no kinds. */
  readonly is: string;
}

/** The first pattern that fits counts. They see the name without registry, tag and digest: `library/postgres`. */
const ROLES: readonly (readonly [kind: FactKind, is: string, pattern: RegExp])[] = [
  ['monitor', 'metrics', /exporter|(?:^|\/)(?:prometheus|pushgateway|cadvisor|victoria-metrics|mimir)$/],
  [
    'monitor',
    'dashboard',
    /(?:^|\/)(?:grafana(?:-oss|-enterprise)?|kibana|opensearch-dashboards|aspire-dashboard)$/,
  ],
  [
    'monitor',
    'tracing',
    /(?:^|\/)(?:jaeger|all-in-one|zipkin|tempo|otel-lgtm|langfuse(?:-worker)?|phoenix|opentelemetry-collector(?:-contrib)?|otelcol|signoz|opik-backend|agentops|helicone(?:-[a-z]+)?|langwatch)$/,
  ],
  ['monitor', 'log', /(?:^|\/)(?:loki|promtail|fluentd|fluent-bit|vector|logstash|seq|filebeat)$/],
  ['monitor', 'evaluation', /(?:^|\/)(?:promptfoo|mlflow|deepeval)$/],
  ['service', 'siem', /(?:^|\/)wazuh-[a-z]+$/],
  [
    'store',
    'vector-store',
    /(?:^|\/)(?:qdrant|chroma|weaviate|milvus|pgvector|pgvecto-rs|vespa|marqo|lancedb|vald)$/,
  ],
  [
    'store',
    'database',
    /(?:^|\/)(?:postgres(?:ql)?|postgis|timescaledb(?:-ha)?|mysql(?:-server)?|mariadb|percona|mongo(?:db(?:-[a-z-]+)?)?|neo4j|memgraph(?:-[a-z]+)?|arangodb|falkordb|cockroach|couchdb|couchbase|cassandra|scylla|clickhouse(?:-server)?|influxdb|questdb|surrealdb|dgraph|mssql\/server|azure-sql-edge|oracle-xe|rethinkdb|libsql-server|sqld|tidb|yugabyte|elasticsearch|opensearch|meilisearch|typesense|solr)$/,
  ],
  [
    'store',
    'state-store',
    /(?:^|\/)(?:redis(?:-stack(?:-server)?)?|valkey|keydb|dragonfly|memcached|etcd|zookeeper|consul|langgraph-redis)$/,
  ],
  ['store', 'object-store', /(?:^|\/)(?:minio|seaweedfs|garage|azurite|fake-gcs-server|rustfs)$/],
  [
    'store',
    'queue',
    /(?:^|\/)(?:rabbitmq|nats|activemq(?:-[a-z]+)?|mosquitto|emqx|elasticmq(?:-native)?|beanstalkd|gcloud-pubsub-emulator)$/,
  ],
  ['store', 'stream', /(?:^|\/)(?:kafka|cp-kafka|cp-server|redpanda|pulsar|kafka-native)$/],
  [
    'model',
    '',
    /(?:^|\/)(?:ollama|vllm-openai|vllm|text-generation-inference|text-embeddings-inference|text-embeddings-router|localai|llama\.cpp|llama-cpp-python|llamafile|tritonserver|sglang|lmdeploy|xinference|whisper|faster-whisper-server|speaches|tabbyml|infinity)$/,
  ],
  [
    'tool',
    'mcp-proxy',
    /(?:^|\/)(?:mcp-gateway|agents_gateway|agentgateway|mcp-proxy|mcpo|mcp-context-forge|metamcp|mcphub)$/,
  ],
  [
    'tool',
    'mcp-server',
    /^mcp\/|(?:^|\/)(?:mcp-server(?:-[a-z0-9-]+)?|[a-z0-9-]+-mcp(?:-server)?|server-mcp)$/,
  ],
  [
    'tool',
    'browser',
    /(?:^|\/)(?:browserless|chrome|chromium|headless-shell|playwright|standalone-(?:chrome|firefox|chromium)|steel-browser(?:-api)?)$/,
  ],
  [
    'tool',
    'code-interpreter',
    /(?:^|\/)(?:jupyter|base-notebook|scipy-notebook|minimal-notebook|piston|judge0|code-interpreter|dify-sandbox)$/,
  ],
  ['tool', 'api', /(?:^|\/)(?:searxng|whoogle-search|unstructured-api|docling-serve|tika|gotenberg)$/],
  ['tool', 'http-client', /(?:^|\/)(?:firecrawl|crawl4ai|jina-reader)$/],
  [
    'service',
    'gateway',
    /(?:^|\/)(?:litellm(?:-[a-z]+)?|traefik|nginx(?:-unprivileged)?|caddy|envoy|kong(?:-gateway)?|haproxy|apisix|oauth2-proxy|pomerium|portkey|bifrost|nginx-proxy-manager)$/,
  ],
  [
    'service',
    'identity-provider',
    /(?:^|\/)(?:keycloak|authentik(?:-server)?|server\/authentik|authelia|dex|zitadel|hydra|kratos|gotrue|logto|casdoor|fusionauth-app|supertokens-[a-z]+)$/,
  ],
  ['service', 'secrets-manager', /(?:^|\/)(?:vault|openbao|infisical)$/],
  ['service', 'policy-engine', /(?:^|\/)(?:opa|openfga|spicedb|cerbos|permit|topaz|cedar-agent)$/],
  [
    'service',
    'guardrail',
    /(?:^|\/)(?:llm-guard(?:-api)?|presidio-analyzer|presidio-anonymizer|nemo-guardrails|guardrails|lakera-[a-z]+)$/,
  ],
  ['service', 'waf', /(?:^|\/)(?:modsecurity(?:-crs)?|crowdsec|coraza[a-z-]*|bunkerweb)$/],
  ['service', 'pki', /(?:^|\/)(?:step-ca|cfssl)$/],
];

/** Parts of an image reference: `ghcr.io/org/app:1.2@sha256:…`. */
export interface Image {
  /** With the registry, without tag and digest. */
  readonly name: string;
  /** The digest, else the tag; null where neither is written. */
  readonly version: string | null;
}

export function parseImage(reference: string): Image {
  const [tagged, digest] = splitOnce(reference, '@');
  const colon = tagged.lastIndexOf(':');
  const hasTag = colon > tagged.lastIndexOf('/');
  const name = hasTag ? tagged.slice(0, colon) : tagged;
  return { name, version: digest ?? (hasTag ? tagged.slice(colon + 1) : null) };
}

function splitOnce(text: string, mark: string): [string, string | null] {
  const cut = text.indexOf(mark);
  return cut < 0 ? [text, null] : [text.slice(0, cut), text.slice(cut + 1)];
}

/** What an image is, by its name; null for one that nobody but its makers knows. */
export function roleOf(reference: string): ImageRole | null {
  const { name } = parseImage(reference);
  const parts = name.toLowerCase().slice(0, 300).split('/');
  if (parts.length > 1 && /[.:]|^localhost$/.test(parts[0]!)) parts.shift();
  const path = parts.join('/');
  const found = ROLES.find(([, , pattern]) => pattern.test(path));
  return found ? { kind: found[0], is: found[1] } : null;
}
