import { namesSecret } from '../compose/variables.ts';
import type { Fact, FactLink, FactValue, Reader, Reading } from '../fact.ts';
import { linkTo, makeFact } from '../make.ts';
import { baseOf, folderOf, pathFrom } from '../paths.ts';
import { at, entriesOf, given, isMap, known, listed, type Tree, textOf, unknown } from '../tree.ts';
import { readJsonTree } from './json-tree.ts';

const READER = 'langgraph-json';

/** `langgraph.json`: the graphs that a server offers, what signs callers in, where it remembers. */
export const langgraphReader: Reader = {
  name: READER,
  wants: (path) => /^langgraph(?:[._-][\w.-]*)?\.json$/i.test(baseOf(path)),
  read: (path, text) => {
    const { root, damage } = readJsonTree(path, text);
    if (!root || !isMap(root) || !at(root, 'graphs')) return null;
    return {
      facts: factsOf(path, root),
      unread: [...unreadGraphs(path, root), ...(damage ? [{ file: path, ...damage }] : [])].map(
        ({ file, line, why }) => ({ file, line, why }),
      ),
    };
  },
};

function factsOf(file: string, root: Tree): Fact[] {
  const stores = [storeFact(file, root), checkpointerFact(file, root)].filter((fact) => fact !== null);
  const links = stores.map(({ name, source }) =>
    linkTo('memory', 'store', name, { file, line: source.line, column: source.column }, file),
  );
  const shared = sharedAttributes(file, root);
  const environment = environmentOf(file, at(root, 'env'));
  const agents = entriesOf(at(root, 'graphs')).flatMap(({ name, key, value }): Fact[] => {
    const entry = entryOf(value);
    if (entry === null) return [];
    const where = at(value, 'path') ?? value;
    return [
      {
        ...makeFact({
          kind: 'agent',
          name,
          spot: key,
          path: ['graphs', name],
          reader: READER,
          attributes: {
            framework: given('langgraph', key, file),
            code: codeOf(entry, where, file),
            ...shared,
          },
          links: links as FactLink[],
        }),
        ...(environment ? { environment } : {}),
      },
    ];
  });
  return [...agents, ...stores];
}

/** `./src/agent.py:graph` as the language writes a place in code: `src/agent.py#graph`. */
function codeOf(entry: string, where: Tree, file: string): FactValue {
  const cut = entry.lastIndexOf(':');
  const [path, name] = cut < 0 ? [entry, ''] : [entry.slice(0, cut), entry.slice(cut + 1)];
  const found = pathFrom(folderOf(file), path);
  if (found === null || !/\.(?:py|[cm]?[jt]sx?)$/.test(path))
    return unknown(`is the module ${entry}`, where, file);
  return given(name === '' ? found : `${found}#${name}`, where, file);
}

function sharedAttributes(file: string, root: Tree): Record<string, FactValue | null> {
  const auth = at(root, 'auth', 'path') ?? at(root, 'auth');
  const origins = at(root, 'http', 'cors', 'allow_origins');
  return {
    auth: textOf(auth) === null ? null : unknown(`is decided by code in ${textOf(auth)}`, auth!, file),
    cors: origins ? listed(origins, file) : null,
  };
}

function storeFact(file: string, root: Tree): Fact | null {
  const store = root.type === 'map' ? root.entries.get('store') : undefined;
  if (!store || !isMap(store.value)) return null;
  return makeFact({
    kind: 'store',
    name: 'langgraph-store',
    spot: store.key,
    path: ['store'],
    reader: READER,
    attributes: {
      kind: given('memory', store.key, file),
      retention: minutes(at(store.value, 'ttl', 'default_ttl'), file),
    },
  });
}

function checkpointerFact(file: string, root: Tree): Fact | null {
  const saver = root.type === 'map' ? root.entries.get('checkpointer') : undefined;
  if (!saver || !isMap(saver.value)) return null;
  return makeFact({
    kind: 'store',
    name: 'langgraph-checkpoints',
    spot: saver.key,
    path: ['checkpointer'],
    reader: READER,
    attributes: {
      kind: given('state-store', saver.key, file),
      retention: minutes(at(saver.value, 'ttl', 'default_ttl'), file),
    },
  });
}

const minutes = (tree: Tree | null, file: string): FactValue | null =>
  tree && /^\d+(?:\.\d+)?$/.test(textOf(tree) ?? '') ? given(`${textOf(tree)}m`, tree, file) : null;

/** Variables that are written into the file; as a text it is the name of a file. */
function environmentOf(file: string, env: Tree | null): Record<string, FactValue> | null {
  if (!isMap(env)) return null;
  return known(
    Object.fromEntries(
      entriesOf(env).map(({ name, value, key }) => {
        const text = textOf(value);
        if (text === null) return [name, null];
        return [name, namesSecret(name) ? unknown('is a secret', key, file) : given(text, key, file)];
      }),
    ),
  );
}

/** Where the code of a graph is: a text with a colon in it, or a path. */
function entryOf(graph: Tree): string | null {
  const text = textOf(graph);
  return text?.includes(':') ? text : textOf(at(graph, 'path'));
}

const unreadGraphs = (file: string, root: Tree): Reading['unread'] =>
  entriesOf(at(root, 'graphs'))
    .filter(({ value }) => entryOf(value) === null)
    .map(({ name, key }) => ({ file, line: key.line, why: `the graph ${name.slice(0, 100)} names no code` }));
