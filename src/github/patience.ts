const TRIES = 5;
/** What GitHub asks for after a secondary limit that names no time. */
const MINUTE = 60_000;

interface Failed {
  readonly status?: number;
  /** What GraphQL says in an answer that is no error to HTTP. */
  readonly errors?: unknown;
  readonly message?: string;
  readonly response?: { readonly headers?: Readonly<Record<string, string | undefined>> };
}

/**
 * Milliseconds to wait before a request is tried again; null when another try would not help.
 * Source: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export function pauseBefore(error: unknown, tries: number, now: number): number | null {
  if (tries >= TRIES) return null;
  const { status, response, errors, message = '' } = error as Failed;
  if (errors !== undefined || isCertificate(error)) return null;
  const asked = askedFor(response?.headers ?? {}, now);
  const growing = 500 * 2 ** (tries - 1);
  if (status === 429) return asked ?? MINUTE;
  if (status === 403) return asked ?? (/secondary rate limit|abuse detection/i.test(message) ? MINUTE : null);
  // No status: the answer was cut off. Octokit gives broken connections the status 500.
  if (status === undefined || status >= 500) return Math.max(asked ?? 0, growing);
  return null;
}

/** A certificate that is not trusted now will not be in a second. Node hides its name two causes deep. */
function isCertificate(error: unknown): boolean {
  const { code } = ((error as { cause?: { cause?: unknown } }).cause?.cause ?? {}) as { code?: unknown };
  return typeof code === 'string' && /CERT|SIGNED|ISSUER/.test(code);
}

function askedFor(headers: Readonly<Record<string, string | undefined>>, now: number): number | null {
  const seconds = headers['retry-after'];
  if (seconds !== undefined && /^\d+$/.test(seconds)) return Number(seconds) * 1000;
  const reset = headers['x-ratelimit-reset'];
  if (headers['x-ratelimit-remaining'] !== '0' || reset === undefined || !/^\d+$/.test(reset)) return null;
  return Math.max(0, Number(reset) * 1000 - now);
}
