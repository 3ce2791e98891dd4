import { language } from '../model/language.ts';
import { asId, remark, some } from './draft-text.ts';
import type { Component } from './join.ts';

/** What only a person knows, from flags or questions. */
export interface Answers {
  readonly owner?: string | undefined;
  /** What agents read that strangers can write: `inbox`, or `inbox=triage` with the agent that reads it. */
  readonly untrusted: readonly string[];
  /** `customers`, `customers=pii` or `customers=pii+financial`, also with a word of `classification`. */
  readonly sensitive: readonly string[];
}

/** An actor or a store that no artifact shows. */
export interface Said {
  readonly id: string;
  /** As it was said. */
  readonly name: string;
  /** Ids of the agents that read it. */
  readonly readers: readonly string[];
}

export interface SaidData extends Said {
  readonly classification: string;
  readonly contains: readonly string[];
  /** The store of the repository that is meant; null where none is called so. */
  readonly known: string | null;
}

export interface Answered {
  readonly owner: string | null;
  readonly untrusted: readonly Said[];
  readonly sensitive: readonly SaidData[];
  /** Id of the boundary where strangers are. */
  readonly outside: string;
}

/** Words behind `=` of sensitive data that mean something; the others are mistakes of who said it. */
export const SENSITIVE_WORDS = {
  classification: language.definitions['store']!.fields['classification']!.values!,
  contains: language.definitions['store']!.fields['contains']!.values!,
} as const;

export const partsOf = (said: string): { name: string; words: string[] } => {
  const cut = said.indexOf('=');
  const name = (cut < 0 ? said : said.slice(0, cut)).trim();
  const words = cut < 0 ? [] : said.slice(cut + 1).split('+');
  return { name, words: words.map((word) => word.trim()).filter((word) => word !== '') };
};

/** What was answered, with ids that nothing else has. What names nothing is left out. */
export function answered(answers: Answers, components: readonly Component[]): Answered {
  const taken = new Set(components.map(({ id }) => id));
  const free = (wanted: string, kind: string): string => {
    const id = [wanted, `${wanted}-${kind}`].find((each) => !taken.has(each)) ?? numbered(wanted, taken);
    taken.add(id);
    return id;
  };
  const agents = components.filter(({ kind, plane }) => kind === 'agent' && plane === 'runtime');
  const only = agents.length === 1 ? [agents[0]!.id] : [];
  const named = (words: readonly string[]): string[] =>
    agents.filter(({ id, name }) => words.includes(id) || words.includes(name)).map(({ id }) => id);
  const outside = answers.untrusted.length > 0 ? free('internet', 'boundary') : 'internet';
  const untrusted = answers.untrusted.flatMap((said): Said[] => {
    const { name, words } = partsOf(said);
    const id = asId(name);
    if (id === null) return [];
    return [{ id: free(id, 'content'), name, readers: words.length > 0 ? named(words) : only }];
  });
  const sensitive = answers.sensitive.flatMap((said): SaidData[] => {
    const { name, words } = partsOf(said);
    const id = asId(name);
    if (id === null) return [];
    const known = components.find(
      (each) => each.kind === 'store' && (each.id === name || each.name === name || each.id === id),
    );
    return [
      {
        id: known?.id ?? free(id, 'data'),
        name,
        readers: known ? [] : only,
        classification: words.find((word) => SENSITIVE_WORDS.classification.includes(word)) ?? 'confidential',
        contains: words.filter((word) => SENSITIVE_WORDS.contains.includes(word)),
        known: known?.id ?? null,
      },
    ];
  });
  return { owner: answers.owner?.trim() || null, untrusted, sensitive, outside };
}

function numbered(wanted: string, taken: ReadonlySet<string>): string {
  for (let n = 2; ; n++) if (!taken.has(`${wanted}-${n}`)) return `${wanted}-${n}`;
}

interface Mistake {
  readonly message: string;
  readonly suggestion: string;
}

/** What of the answers names nothing that there is, as sentences for whoever gave them. */
export function mistakesOf({ untrusted, sensitive }: Answers, components: readonly Component[]): Mistake[] {
  const agents = components.filter(({ kind, plane }) => kind === 'agent' && plane === 'runtime');
  const words = [...SENSITIVE_WORDS.contains, ...SENSITIVE_WORDS.classification];
  const bad = (said: string, word: string, what: string, known: readonly string[]): Mistake => ({
    message: `${remark(said)}: ${what} ${remark(word)}`,
    suggestion: known.length === 0 ? 'Leave out what follows `=`' : `There is ${some(known, 12)}`,
  });
  return [
    ...[...untrusted, ...sensitive]
      .filter((said) => asId(partsOf(said).name) === null)
      .map((said) => ({
        message: `${remark(said) || 'an empty text'} names nothing`,
        suggestion: 'Write a name with letters or digits, as in `inbox`',
      })),
    ...untrusted.flatMap((said) =>
      partsOf(said)
        .words.filter((word) => !agents.some(({ id, name }) => id === word || name === word))
        .map((word) =>
          bad(
            said,
            word,
            'no agent here is called',
            agents.map(({ id }) => id),
          ),
        ),
    ),
    ...sensitive.flatMap((said) =>
      partsOf(said)
        .words.filter((word) => !words.includes(word))
        .map((word) => bad(said, word, 'no kind of data is called', words)),
    ),
  ];
}
