import { language } from '../model/language.ts';
import { measure } from '../model/units.ts';
import { type Data, type DataMap, isDataMap } from '../model/yaml.ts';
import { glob } from '../rules/functions.ts';

/** One thing that limits what can be done, on both sides. */
export interface Shift {
  /** What it is: `approval`, `auth`, `limits.per_day`, `allow.recipients`. */
  readonly what: string;
  /** As a clause. */
  readonly how: string;
  readonly is: 'weaker' | 'stronger';
  /** Whether it was nowhere before, or is nowhere now. */
  readonly wholly: boolean;
}

/** Methods by how hard it is to pass for somebody else: shared secrets, tokens, proof by a key of one's own. */
const METHODS: readonly (readonly string[])[] = [
  ['none'],
  ['basic', 'api-key'],
  ['session', 'bearer', 'social-login'],
  [
    'oidc',
    'saml',
    'signed',
    'oauth2-authorization-code',
    'oauth2-client-credentials',
    'oauth2-token-exchange',
  ],
  ['mtls', 'spiffe'],
];
/** Nobody, a program, a person. */
const APPROVERS: readonly (readonly string[])[] = [['none'], ['policy', 'second-agent'], ['human']];

/** How what protects an edge, an action or a tool differs: approval, authentication, limits and allow lists. */
export const shifts = (before: DataMap, after: DataMap): Shift[] => [
  ...approvalShift(before['approval'] ?? null, after['approval'] ?? null),
  ...authShift(before['auth'] ?? null, after['auth'] ?? null),
  ...limitShifts(mapOf(before['limits']), mapOf(after['limits'])),
  ...allowShifts(mapOf(before['allow']), mapOf(after['allow'])),
];

export const mapOf = (data: Data | undefined): DataMap => (isDataMap(data) ? data : {});

/** What `short` or the map form says under `key`; empty when nothing. */
const said = (data: Data, key: string): string => {
  const value = isDataMap(data) ? data[key] : data;
  return typeof value === 'string' ? value : '';
};

const rankIn = (order: readonly (readonly string[])[], word: string): number =>
  Math.max(
    0,
    order.findIndex((level) => level.includes(word)),
  );

function approvalShift(before: Data, after: Data): Shift[] {
  const [was, is] = [said(before, 'by') || 'none', said(after, 'by') || 'none'];
  const change = rankIn(APPROVERS, is) - rankIn(APPROVERS, was);
  if (change !== 0) {
    const how =
      is === 'none'
        ? `no approval by ${was} any more`
        : was === 'none'
          ? `approval by ${is}`
          : `approval by ${was} → ${is}`;
    return [
      {
        what: 'approval',
        how,
        is: change < 0 ? 'weaker' : 'stronger',
        wholly: was === 'none' || is === 'none',
      },
    ];
  }
  if (is === 'none') return [];
  const [from, to] = [said(mapOf(before)['above'] ?? null, ''), said(mapOf(after)['above'] ?? null, '')];
  // Without an amount every one has to be approved.
  return amountShift('approval', 'approval above', from, to, 'nothing');
}

function authShift(before: Data, after: Data): Shift[] {
  const [was, is] = [said(before, 'method'), said(after, 'method')];
  const change = rankIn(METHODS, is) - rankIn(METHODS, was);
  if (change === 0) return [];
  const how =
    was === '' ? `authenticated by ${is}` : `authenticated by ${was} → ${is === '' ? 'not declared' : is}`;
  return [{ what: 'auth', how, is: change < 0 ? 'weaker' : 'stronger', wholly: was === '' || is === '' }];
}

function limitShifts(before: DataMap, after: DataMap): Shift[] {
  return keysOf(before, after).flatMap((key) => {
    const words = `limit ${key}`;
    return amountShift(
      `limits.${key}`,
      words,
      said(before[key] ?? null, ''),
      said(after[key] ?? null, ''),
      null,
    );
  });
}

/**
 * A bound on an amount: a higher one allows more. `none` is what no bound at all stands for when that is the strictest;
 * null when it is the loosest.
 */
function amountShift(what: string, words: string, was: string, is: string, none: string | null): Shift[] {
  if (was === is) return [];
  const absent = none === null ? 'weaker' : 'stronger';
  const present = none === null ? 'stronger' : 'weaker';
  if (is === '')
    return [
      {
        what,
        how: none === null ? `no ${words} any more (was ${was})` : `${words} ${was} → ${none}`,
        is: absent,
        wholly: none === null,
      },
    ];
  if (was === '')
    return [
      {
        what,
        how: none === null ? `${words} ${is}` : `${words} ${none} → ${is}`,
        is: present,
        wholly: none === null,
      },
    ];
  const more = compareAmounts(was, is);
  return more === 0
    ? []
    : [{ what, how: `${words} ${was} → ${is}`, is: more > 0 ? 'weaker' : 'stronger', wholly: false }];
}

/** Above zero when `is` is more than `was`, or when nobody can say: what cannot be compared is not passed over. */
export function compareAmounts(was: string, is: string): number {
  const [from, to] = [amountOf(was), amountOf(is)];
  if (!from || !to || from.of !== to.of) return 1;
  return to.value - from.value;
}

interface Amount {
  readonly value: number;
  /** What is counted, such as a currency; values of two kinds cannot be compared. */
  readonly of: string;
}

/** A number with any unit of the language: `60/min`, `90d`, `1,000 USD`, `5`. */
export function amountOf(text: string): Amount | null {
  if (text === 'forever') return { value: Number.POSITIVE_INFINITY, of: 'time' };
  const match = /^([\d.,_]+)\s*([^\d\s/][^/]*)?(?:\/\s*([a-z]+))?$/i.exec(text.trim());
  if (!match) return null;
  const number = measure('number', match[1]!);
  const [unit, each] = [(match[2] ?? '').trim(), match[3]];
  const period = each === undefined ? 1 : measure('duration', `1${each}`);
  if (period === 0) return null;
  const seconds = unit === '' ? 0 : measure('duration', `1${unit}`);
  if (seconds > 0)
    return { value: (number * seconds) / period, of: each === undefined ? 'time' : 'time per time' };
  return { value: number / period, of: `${unit}${each === undefined ? '' : ' per time'}` };
}

function allowShifts(before: DataMap, after: DataMap): Shift[] {
  return keysOf(before, after).flatMap((key): Shift[] => {
    const [was, is] = [listOf(before[key]), listOf(after[key])];
    const what = `allow.${key}`;
    if (was === null && is === null) return [];
    if (is === null) return [{ what, how: `no allow list of ${key} any more`, is: 'weaker', wholly: true }];
    if (was === null)
      return [
        { what, how: `only the ${key} ${is.join(', ') || 'of an empty list'}`, is: 'stronger', wholly: true },
      ];
    const more = is.filter((each) => !was.some((pattern) => glob(each, pattern)));
    const less = was.filter((each) => !is.some((pattern) => glob(each, pattern)));
    return [
      ...(more.length > 0
        ? [{ what, how: `${key} also ${more.join(', ')}`, is: 'weaker', wholly: false } as const]
        : []),
      ...(less.length > 0
        ? [{ what, how: `${key} no longer ${less.join(', ')}`, is: 'stronger', wholly: false } as const]
        : []),
    ];
  });
}

const listOf = (data: Data | undefined): string[] | null =>
  Array.isArray(data) ? data.map(String) : typeof data === 'string' ? [data] : null;

const keysOf = (before: DataMap, after: DataMap): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();

/**
 * How a word of an ordered list differs, by the order in which the schema lists the words; 0 when either is not
 * written or not known.
 */
export function steps(definition: string, key: string, before: DataMap, after: DataMap): number {
  const words = language.definitions[definition]?.fields[key]?.values ?? [];
  const [was, is] = [
    words.indexOf(said(before[key] ?? null, '')),
    words.indexOf(said(after[key] ?? null, '')),
  ];
  return was < 0 || is < 0 ? 0 : is - was;
}
