import { WORST_RISK } from '../finding/finding.ts';
import type { ExplainedFinding, ExplainedStep, Search } from '../verdict/explained.ts';
import { visible } from './escape.ts';
import { lookedRows } from './explain-looked.ts';
import { type At, searchBlocks } from './explain-search.ts';
import { type Look, table } from './explain-table.ts';
import { codeFrame, yamlLines } from './frame.ts';
import { proseRoom } from './text-options.ts';
import { plain, prose } from './text-prose.ts';
import { listed, place } from './words.ts';

/** What the page says besides what was found. */
export interface FindingPage extends ExplainedFinding {
  /** Page of the rule, where it has one. */
  readonly url: string | null;
  /** Ids of threats with their titles. */
  readonly threats: readonly { readonly id: string; readonly title: string }[];
  /** Something to know first: that the rule does not run here, that the finding is waived. */
  readonly remark: string | null;
}

/** A finding with everything that made it one, the searches for controls, what would close it, and the fix. */
export function findingPage(page: FindingPage, look: Look): string {
  const { looked, path } = page;
  const { paint } = look;
  const all = searchesOf(page);
  return [
    ...head(page, look),
    ...riskSection(page, look),
    section('What the rule looked at', table(lookedRows(looked), look), look),
    ...(path.length > 0 ? [pathSection(path, page, look)] : []),
    ...(all.length > 0
      ? [
          paint.strong('Where it looked for controls, in this order'),
          ...searchBlocks(all, look),
          closingSection(
            all.map(({ search }) => search),
            look,
          ),
        ]
      : []),
    fixSection(page, look),
    foot(page, look),
  ].join('\n\n');
}

const section = (title: string, lines: readonly string[], { paint }: Look): string =>
  [paint.strong(title), ...(lines.length > 0 ? lines : ['  nothing but what is there'])].join('\n');

function head({ finding, remark }: FindingPage, look: Look): string[] {
  const { paint, options } = look;
  const { severity, confidence, location, snippet } = finding;
  const room = proseRoom(options);
  const frame = codeFrame(location, snippet, {
    width: options.width - 2,
    around: 'parent',
    caret: (text) => paint.alarm(severity, text),
    gutter: paint.faint,
  });
  const tag = {
    text: `${severity}[${visible(finding.rule)}]`,
    look: (text: string) => paint.alarm(severity, text),
  };
  return [
    [
      ...prose(tag, { text: visible(finding.message), look: paint.strong }, { room, indent: 0, hang: 4 }),
      `  ${place(location)}`,
      ...frame.map((line) => `  ${line}`),
      `  ${paint.faint(`fingerprint ${finding.fingerprint}, system ${visible(finding.system)}, confidence ${confidence}`)}`,
      ...(remark === null ? [] : [`  ${visible(remark)}`]),
    ].join('\n'),
  ];
}

/** Why the finding ranks where it does: a sentence for each factor. */
function riskSection({ finding: { risk } }: FindingPage, look: Look): string[] {
  if (!risk) return [];
  const room = proseRoom(look.options);
  const { probability, impact, exploitability, score, why } = risk;
  const grades = [probability, impact, exploitability];
  const lines = FACTORS.flatMap((name, i) =>
    prose(
      { text: `${name.padEnd(FACTORS[2].length)}  ${grades[i]}`, look: plain },
      { text: ` ${visible(why[i]!)}`, look: plain },
      { room, indent: 2, hang: FACTORS[2].length + 8 },
    ),
  );
  return [section(`Risk ${score} of ${WORST_RISK}, the three multiplied`, lines, look)];
}

const FACTORS = ['probability', 'impact', 'exploitability'] as const;

const MAX_SOURCES = 12;

/** What the rule asked for, each with the step of the way at which it would stop an attacker, and all that stops him. */
function searchesOf({ searches, path }: FindingPage): At[] {
  const onWay = path.flatMap((step, i) => step.searches.map((search) => ({ search, step: i + 1 })));
  const stepOf = new Map(onWay.map(({ search, step }) => [nameOf(search), step]));
  const asked = new Set(searches.map(nameOf));
  return [
    ...searches.map((search) => ({ search, step: stepOf.get(nameOf(search)) ?? null })),
    ...onWay.filter(({ search }) => !asked.has(nameOf(search))),
  ];
}

const nameOf = ({ control, subject }: Search): string => `${control} ${subject}`;

/** Step by step, from where the attacker begins. */
function pathSection(path: readonly ExplainedStep[], { finding }: FindingPage, look: Look): string {
  const others = (finding.sources ?? []).filter((source) => source !== finding.steps?.[0]?.node);
  const rows = path.map(({ text, location }, i) => ({ depth: 0, name: `${i + 1}  ${text}`, location }));
  const also = others.length > 0 ? [`  also from ${listed(others, MAX_SOURCES)}`] : [];
  return section('The way of an attacker', [...table(rows, look), ...also], look);
}

/** The controls that close the finding by themselves, with the places that were tried. */
function closingSection(searches: readonly Search[], look: Look): string {
  const places = new Map<string, Set<string>>();
  for (const { control, places: searched } of searches) {
    for (const { who, by, closes } of searched) {
      if (!closes) continue;
      const known = places.get(control) ?? new Set();
      places.set(control, known.add(by === 'system' ? 'for the whole system' : `on ${who}`));
    }
  }
  const title = 'What closes it, each alone (tried on a copy; declare only what is true)';
  if (places.size === 0)
    return section('What closes it', ['  no control at a single place; the fix says what to do'], look);
  const width = Math.max(...[...places.keys()].map((control) => control.length));
  const { options } = look;
  const room = options.wrap ? options.width : Number.POSITIVE_INFINITY;
  const lines = [...places].flatMap(([control, where]) =>
    prose(
      { text: visible(control.padEnd(width)), look: plain },
      { text: ` ${[...where].map(visible).join(', or ')}`, look: plain },
      { room, indent: 2, hang: width + 7 },
    ),
  );
  return section(title, lines, look);
}

function fixSection({ finding: { fix, location } }: FindingPage, { paint, options }: Look): string {
  const label = fix.file === location.file ? 'fix:' : `fix in ${visible(fix.file)}:`;
  const edit = fix.yaml.trim() === '' ? [] : yamlLines(fix.yaml);
  return [
    ...prose(
      { text: label, look: paint.strong },
      { text: visible(fix.say), look: plain },
      { room: proseRoom(options), indent: 0, hang: 5 },
    ),
    ...edit.map((line) => `  ${paint.edit(line)}`.trimEnd()),
  ].join('\n');
}

function foot({ threats, url, finding }: FindingPage, { paint, options }: Look): string {
  const named = threats.map(({ id, title }) => `${visible(id)} (${visible(title)})`).join(', ');
  const lines =
    named === ''
      ? []
      : prose(
          { text: 'answers:', look: paint.strong },
          { text: named, look: plain },
          { room: proseRoom(options), indent: 0, hang: 9 },
        );
  const more = url === null ? `maestro explain ${visible(finding.rule)}` : paint.link(visible(url));
  return [...lines, `${paint.strong('see:')} ${more}`].join('\n');
}
