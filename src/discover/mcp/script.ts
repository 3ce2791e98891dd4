import { foldersAbove, isBelow } from '../paths.ts';
import type { Word } from './words.ts';

const CODE = /\.(?:py|[cm]?[jt]sx?)$/;
/** What a variable or only a run knows, before the part that is written: `${workspaceFolder}/server.py`. */
const UNKNOWN_FOLDER = /^.*\$\{[^}]*\}/s;
/** What a compiler of TypeScript makes of a file, and where such files lie. */
const BUILT = /^(?:(.*)\/)?(?:dist|build|out|lib)\/(?:src\/)?(.+)\.([cm]?)js$/;

/** The file of code that a command line starts, as it is written there; null where it starts something else. */
export function scriptOf(words: readonly Word[]): Word | null {
  const at = words.findIndex(({ text }) => text === '-m');
  const module = at < 0 ? undefined : words[at + 1];
  if (module && /^[\w.]+$/.test(module.text))
    return { ...module, text: `${module.text.replaceAll('.', '/')}.py` };
  return words.find(({ text }) => CODE.test(text)) ?? null;
}

/**
 * Whether `script`, as a file in the folder of `from` says it, may be `file` of the repository. Where it begins in a folder
 * that nobody knows, the rest has to lie beside that file or above it; of a path of one machine two folders have to agree.
 */
export function mayBe(script: string, file: string, from: string): boolean {
  const slashed = script.replaceAll('\\', '/');
  const isAbsolute = /^(?:\/|~|[A-Za-z]:\/)/.test(slashed);
  const path = slashed
    .replace(UNKNOWN_FOLDER, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  return formsOf(path).some((form) => {
    if (isAbsolute) {
      const tail = file.split('/').slice(-2);
      return tail.length === 2 && form.endsWith(`/${tail.join('/')}`);
    }
    return foldersAbove(from).some((folder) => isBelow(file, folder) && under(folder, form) === file);
  });
}

const under = (folder: string, path: string): string => (folder === '' ? path : `${folder}/${path}`);

/** A path itself, and what it is built from. */
function formsOf(path: string): string[] {
  const built = BUILT.exec(path);
  if (!built) return [path, path.replace(/\.py$/, '/__main__.py'), path.replace(/\.py$/, '/__init__.py')];
  const [, folder, rest, kind] = built;
  return ['src/', '']
    .map((source) => `${folder === undefined ? '' : `${folder}/`}${source}${rest}.${kind}ts`)
    .concat(path);
}
