/** How tightly a version is fixed: only `exact` names the same content tomorrow. */
export type Pin = 'exact' | 'tag' | 'branch' | 'range' | 'latest' | 'none';

/** A package as a command line names it. `pin` is null where the version comes from a variable. */
export interface Package {
  readonly name: string;
  /** Where it comes from: npm, jsr, pypi, go, nuget, oci, git, url. */
  readonly registry: string;
  readonly pin: Pin | null;
  /** Version, tag, range or commit as written; null without one. */
  readonly version: string | null;
}

const EXACT = /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/;
const COMMIT = /^[0-9a-f]{40}$/i;
const VARIABLE = /[$%{]/;

const of = (registry: string, name: string, pin: Pin | null, version: string | null): Package => ({
  name,
  registry,
  pin,
  version,
});

/** What npx, pnpm dlx, yarn dlx and bunx take; null for a path. */
export function npmPackage(spec: string): Package | null {
  if (isPath(spec) || /^file:/.test(spec)) return null;
  const git = /^(?:git\+|git:\/\/|git@|ssh:\/\/|github:|gitlab:|bitbucket:)/.test(spec);
  if (git || /^https?:\/\/[^#]+\.git(?:#|$)/.test(spec) || /^[\w.-]+\/[\w.-]+(?:#.*)?$/.test(spec))
    return gitPackage(spec, '#');
  if (/^https?:/.test(spec)) return of('url', spec, 'none', null);
  const split = spec.lastIndexOf('@');
  if (split <= 0) return of('npm', spec, 'none', null);
  const version = spec.slice(split + 1);
  // `alias@npm:package@1.2.3` installs the package behind the alias.
  const alias = /@npm:(.+)$/.exec(spec);
  if (alias) return npmPackage(alias[1]!);
  return of('npm', spec.slice(0, split), npmPin(version), version === '' ? null : version);
}

function npmPin(version: string): Pin | null {
  if (VARIABLE.test(version)) return null;
  if (version === '') return 'none';
  if (version === 'latest' || version === '*') return 'latest';
  if (EXACT.test(version.replace(/^=/, ''))) return 'exact';
  return /^[\d^~<>=vx]/.test(version) ? 'range' : 'tag';
}

/** What uvx and pipx take; null for a path. */
export function pythonPackage(spec: string): Package | null {
  if (isPath(spec)) return null;
  if (/^git\+|^(?:https?|ssh):\/\/.+\.git(?:@|#|$)/.test(spec.replace(/^[\w.-]+\s*@\s*/, '')))
    return gitPackage(spec.replace(/^[\w.-]+\s*@\s*(?=git)/, ''), '@');
  if (/^https?:/.test(spec)) return of('url', spec, 'none', null);
  const match = /^([\w.-]+)(?:\[[^\]]*\])?\s*(.*)$/.exec(spec);
  if (!match) return of('pypi', spec, VARIABLE.test(spec) ? null : 'none', null);
  const [, name, rest] = match;
  if (rest === '') return of('pypi', name!, 'none', null);
  const [, sign, version] = /^(===?|@|[<>~!]=?|\s)\s*(.*)$/.exec(rest!) ?? [];
  return of('pypi', name!, pythonPin(sign ?? '', version ?? rest!), version ?? rest!);
}

function pythonPin(sign: string, version: string): Pin | null {
  if (VARIABLE.test(version)) return null;
  if (sign === '@' && version === 'latest') return 'latest';
  const one = sign === '@' || sign.startsWith('==');
  // Python has versions of two numbers, so that `==1.2` is as exact as `==1.2.0`.
  return one && /^v?\d+(?:\.\d+)+(?:[\w.+-]*)$/.test(version) ? 'exact' : 'range';
}

/** A repository, with what is taken from it behind `mark`. */
function gitPackage(spec: string, mark: '#' | '@'): Package {
  const bare = mark === '@' ? spec.replace(/#.*$/, '') : spec;
  const from = mark === '@' ? bare.indexOf('/', bare.indexOf('://') + 3) : 0;
  const at = bare.indexOf(mark, Math.max(0, from));
  const name = at < 0 ? bare : bare.slice(0, at);
  if (at < 0) return of('git', name, 'none', null);
  const ref = bare.slice(at + 1).replace(/^semver:/, '');
  if (VARIABLE.test(ref)) return of('git', name, null, ref);
  const pin = COMMIT.test(ref) ? 'exact' : /^(?:refs\/tags\/|[\w-]*v?\d+\.)/.test(ref) ? 'tag' : 'branch';
  return of('git', name, pin, ref);
}

/** An image of a container. A tag can be moved, so that only a digest is exact. */
export function imagePackage(image: string): Package {
  const [, rest, digest] = /^([^@]*)(?:@(.*))?$/s.exec(image)!;
  const colon = rest!.lastIndexOf(':');
  const hasTag = colon > rest!.lastIndexOf('/');
  const name = hasTag ? rest!.slice(0, colon) : rest!;
  const tag = hasTag ? rest!.slice(colon + 1) : null;
  if (digest && /^sha(?:256|512):[0-9a-f]+$/i.test(digest)) return of('oci', name, 'exact', digest);
  if (VARIABLE.test(image.slice(name.length)) || VARIABLE.test(name)) return of('oci', name, null, tag);
  if (tag === null) return of('oci', name, 'none', null);
  return of('oci', name, tag === 'latest' ? 'latest' : 'tag', tag);
}

/** `module@v1.2.3` of Go, `package@1.2.3` of NuGet. */
export function atPackage(registry: string, spec: string): Package | null {
  if (isPath(spec)) return null;
  const [name, version] = spec.split('@', 2);
  if (version === undefined) return of(registry, spec, 'none', null);
  if (VARIABLE.test(version)) return of(registry, name!, null, version);
  const pin = version === 'latest' ? 'latest' : EXACT.test(version) ? 'exact' : 'range';
  return of(registry, name!, pin, version);
}

/** What Deno runs: packages of npm and JSR, or an address. */
export function denoPackage(spec: string): Package | null {
  const [, scheme, rest] = /^(npm|jsr):\/?(.+)$/.exec(spec) ?? [];
  if (scheme && rest) {
    // Behind the version may stand what of the package is run.
    const found = npmPackage(rest.replace(/^(@[^/]+\/[^/]+|[^@/][^/]*)\/.*$/, '$1'));
    return found && { ...found, registry: scheme };
  }
  if (!/^https?:/.test(spec)) return null;
  return of('url', spec, /@v?\d+\.\d+\.\d+/.test(spec) ? 'exact' : 'none', null);
}

const isPath = (spec: string): boolean =>
  /^(?:\.{0,2}[/\\]|\.{1,2}$|~|[A-Za-z]:[/\\])/.test(spec) || spec === '';
