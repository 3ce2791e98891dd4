/** Why a folder is not looked into. */
export type SkipReason = 'vendored' | 'generated' | 'test' | 'ignored';

const FOLDERS: ReadonlyMap<string, SkipReason> = new Map([
  ...named(
    'vendored',
    'node_modules bower_components jspm_packages vendor vendors third_party third-party thirdparty',
  ),
  ...named(
    'vendored',
    'site-packages .venv venv virtualenv .tox .nox .eggs Pods Carthage .yarn .pnpm-store .gradle',
  ),
  ...named(
    'generated',
    'dist build out target .next .nuxt .output .svelte-kit .turbo .vercel .parcel-cache .cache',
  ),
  ...named(
    'generated',
    '__pycache__ .mypy_cache .pytest_cache .ruff_cache .ipynb_checkpoints coverage htmlcov',
  ),
  ...named('generated', 'generated __generated__ .terraform .serverless cdk.out .mastra .langgraph_api .adk'),
  ...named(
    'test',
    'test tests __tests__ spec specs e2e testdata test-data test_data fixtures __fixtures__ testing',
  ),
  ...named('test', '__mocks__ mocks __snapshots__ integration_tests integration-tests unit_tests unit-tests'),
]);

function named(why: SkipReason, names: string): [string, SkipReason][] {
  return names.split(' ').map((name) => [name, why]);
}

/** Why a folder of this path (from the root, forward slashes) is left out by its name; null when it is looked into. */
export function skippedFolder(path: string): SkipReason | null {
  // Libraries of Solidity projects are checked in.
  if (/(?:^|\/)contracts\/lib$/.test(path)) return 'vendored';
  return FOLDERS.get(path.slice(path.lastIndexOf('/') + 1)) ?? null;
}

/** Never looked into, and not worth a word. */
export const isSilent = (path: string): boolean => /(?:^|\/)\.(?:git|hg|svn)$/.test(path);

const TEST_FILE =
  /(?:^|\/)(?:test_[^/]*\.py|[^/]*_test\.(?:py|go)|conftest\.py|[^/]*\.(?:test|spec)\.[cm]?[jt]sx?|[^/]*\.stories\.[jt]sx?)$/;
const GENERATED_FILE = /(?:\.min\.[cm]?js|\.bundle\.js|\.d\.[cm]?ts|_pb2(?:_grpc)?\.py|\.pb\.go|\.lock)$/;

/** Why a file is left out by its name; null when it is looked at. */
export const skippedFile = (path: string): SkipReason | null =>
  TEST_FILE.test(path) ? 'test' : GENERATED_FILE.test(path) ? 'generated' : null;

const LANGUAGES: Readonly<Record<string, string>> = {
  java: 'Java',
  kt: 'Kotlin',
  scala: 'Scala',
  go: 'Go',
  cs: 'C#',
  fs: 'F#',
  rs: 'Rust',
  rb: 'Ruby',
  php: 'PHP',
  swift: 'Swift',
  ex: 'Elixir',
  exs: 'Elixir',
  dart: 'Dart',
  cpp: 'C++',
  ipynb: 'Jupyter notebook',
};

/** The language of a file in which agents may be written and which no reader knows; null for all others. */
export const unsupportedLanguage = (path: string): string | null =>
  LANGUAGES[/\.(\w+)$/.exec(path)?.[1] ?? ''] ?? null;

/** What `.gitattributes` calls vendored or generated, as glob patterns from its folder. */
export function attributedPatterns(text: string): { readonly pattern: string; readonly why: SkipReason }[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [written, ...attributes] = line.trim().split(/\s+/);
    if (!written || written.startsWith('#')) return [];
    const isSet = (name: string) => attributes.some((each) => each === name || each === `${name}=true`);
    const why = isSet('linguist-vendored') ? 'vendored' : isSet('linguist-generated') ? 'generated' : null;
    if (!why) return [];
    const bare = written.replace(/^\/+/, '').replace(/\/+$/, '/**');
    return [{ pattern: written.replace(/\/+$/, '').includes('/') ? bare : `**/${bare}`, why }];
  });
}

/** The folders of submodules, from `.gitmodules`: other repositories' files. */
export const submodulePaths = (text: string): string[] =>
  [...text.matchAll(/^\s*path\s*=\s*(.+?)\s*$/gm)].map((match) => match[1]!.replace(/\/+$/, ''));
