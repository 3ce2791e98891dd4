/** What an address says about where it leads. */
export interface Address {
  readonly scheme: string;
  /** Without the port; empty when the address holds a variable there. */
  readonly host: string;
  /** The address without what may be a credential: user, query, fragment, and parts of the path that no person made up. */
  readonly plain: string;
  readonly path: string;
  /** `private` is a name without a dot, a private range, or a domain that only an own network resolves; null for a variable. */
  readonly exposure: 'loopback' | 'private' | 'public' | null;
}

/** Takes an address apart, also one with variables in it; null when it is none. */
export function addressOf(text: string): Address | null {
  const match = /^([a-z][a-z0-9+.-]{0,20}):\/\/([^/?#]{0,500})([^?#]{0,2000})/i.exec(text.trim());
  if (!match) return null;
  const [, scheme, authority, path] = match;
  const server = authority!.slice(authority!.lastIndexOf('@') + 1);
  const host = (/^\[([^\]]*)\]/.exec(server)?.[1] ?? server.replace(/:[^:]*$/, '')).toLowerCase();
  const variable = /[${}%<>]/.test(host);
  return {
    scheme: scheme!.toLowerCase(),
    host: variable ? '' : host,
    plain: `${scheme!.toLowerCase()}://${server}${path!.replaceAll(/[^/]+/g, (part) => (isRandom(part) || UUID.test(part) ? '***' : part))}`,
    path: path!,
    exposure: variable || host === '' ? null : exposureOf(host),
  };
}

const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** Whether a part of a path is long and mixed as only generated keys are: hosted servers put them there. */
export const isRandom = (part: string): boolean =>
  /^[A-Za-z0-9_=-]{32,}$/.test(part) && /\d/.test(part) && /[a-z]/.test(part) && /[A-Z]/.test(part);

const LOOPBACK = /^(?:localhost|.*\.localhost|127(?:\.\d{1,3}){3}|::1|0\.0\.0\.0|::|host\.docker\.internal)$/;
const PRIVATE =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:|fe80:)|(?:\.(?:local|internal|lan|intranet|corp|home|svc|test|cluster\.local))$/;

/** From where a host can be reached, as far as its name tells. */
export function exposureOf(host: string): 'loopback' | 'private' | 'public' {
  if (LOOPBACK.test(host)) return 'loopback';
  return PRIVATE.test(host) || !/[.:]/.test(host) ? 'private' : 'public';
}
