import { atLeast } from '../finding/severity.ts';
import type { ClosingCount } from '../verdict/closing-count.ts';
import type { Comparison } from '../verdict/comparison.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { type Block, fitted, fixed } from './blocks.ts';
import { closingWords } from './closing-line.ts';
import { asides } from './comment-asides.ts';
import { changesBetter, changesWorse } from './comment-changes.ts';
import { notices } from './comment-notices.ts';
import type { Comment, CommentOptions } from './comment-options.ts';
import { checked, headline, isPath, pressing } from './headline.ts';
import { waiverExample } from './how-to-waive.ts';
import {
  edit,
  FINDING_TOP,
  findingRow,
  fold,
  type Page,
  pageOf,
  problemRow,
  SHORT_TOP,
  section,
  shortRow,
  tableTop,
  WAIVED_TOP,
  waivedRow,
} from './markdown-parts.ts';
import { worstFirst } from './order.ts';
import { pathPart } from './path-part.ts';
import { count } from './words.ts';

/** So many paths get a picture; all are in the table. */
const MAX_PICTURES = 3;

const NOTHING: Comparison = {
  added: [],
  grown: [],
  fixed: [],
  standing: [],
  grants: { widened: [], narrowed: [] },
  controls: { added: [], removed: [], weakened: [] },
  components: { added: [], removed: [], renamed: [] },
};

/**
 * What a pull request does, as its comment or as the summary of a step: what is new, what would close it, what got
 * better, and closed below it what was there before. Without a comparison every finding counts as new. Rows that do
 * not fit are left out from the least important on, and counted.
 */
export function comment(verdict: Verdict, options: CommentOptions): Comment {
  const page = pageOf(verdict, options.site);
  const change = verdict.comparison ?? { ...NOTHING, added: verdict.findings };
  const said = notices(options, page);
  const blocks = [
    fixed(top(verdict, options)),
    ...said,
    ...problems(verdict, page),
    ...fresh(change, page, verdict.comparison || options.baseMissing ? 'New' : 'Findings'),
    ...paths(change, page, options.closing),
    ...edits(change),
    ...changesWorse(change, page),
    ...better(change, page),
    ...before(change, verdict, page),
    ...(options.marker === null ? asides(verdict, page) : []),
    fixed(`<sub>${checked(verdict)}</sub>\n`),
  ];
  const isQuiet =
    verdict.complete &&
    pressing({ ...verdict, comparison: change }).length === 0 &&
    change.fixed.length === 0;
  return {
    body: fitted(blocks, options.limit),
    empty: isQuiet && said.length === 0 && changesWorse(change, page).length === 0,
  };
}

function top(verdict: Verdict, { marker, failOn }: CommentOptions): string {
  const worse = pressing(verdict);
  const failing =
    failOn === undefined || failOn === 'never'
      ? 0
      : worse.filter(({ severity }) => atLeast(severity, failOn)).length;
  const sign = !verdict.complete ? '⚠️' : worse.length === 0 ? '✅' : '❌';
  const fails = failing > 0 ? ` The check fails: ${failing} of severity ${failOn} or worse.` : '';
  const line = marker === null ? '' : `${marker}\n`;
  return `${line}### ${sign} ${headline(verdict)}\n\n${fails === '' ? '' : `${fails.trim()}\n\n`}`;
}

const problems = ({ errors }: Verdict, page: Page): Block[] =>
  errors.length > 0
    ? [
        section(
          'What could not be checked',
          'mistakes in files',
          2,
          tableTop('', 'What is wrong', 'Where'),
          errors.map((problem) => problemRow(problem, page, 'error')),
        ),
      ]
    : [];

function fresh({ added, grown }: Comparison, page: Page, title: string): Block[] {
  const rows = worstFirst(added).map((finding) => findingRow(finding, page));
  const worse = [...grown]
    .sort((a, b) => worst(a.finding, b.finding))
    .map(({ finding, how }) => findingRow(finding, page, how));
  return [
    ...(rows.length > 0
      ? [section(title, title === 'New' ? 'new findings' : 'findings', 1, FINDING_TOP, rows)]
      : []),
    ...(worse.length > 0
      ? [section('Was there before, and is worse now', 'findings that are worse now', 1, FINDING_TOP, worse)]
      : []),
  ];
}

const worst = (a: Comparison['added'][number], b: Comparison['added'][number]): number =>
  worstFirst([a, b])[0] === a ? -1 : 1;

/** Pictures of the worst paths that opened. */
function paths({ added, grown }: Comparison, page: Page, closing?: ClosingCount): Block[] {
  const opened = worstFirst([...added, ...grown.map(({ finding }) => finding)].filter(isPath));
  if (opened.length === 0) return [];
  const more = opened.length - MAX_PICTURES;
  const rest =
    more > 0 ? [`_${count(more, 'more attack path')} without a picture: see the table above._\n\n`] : [];
  const together = closing
    ? [fixed(`**${closingWords(closing)}.** \`maestro paths\` has the edits.\n\n`)]
    : [];
  return [
    ...together,
    section(opened.length === 1 ? 'The attack path' : 'The attack paths', 'pictures of attack paths', 3, '', [
      ...opened.slice(0, MAX_PICTURES).map((finding) => pathPart(finding, page)),
      ...rest,
    ]),
  ];
}

/** The edits that close what is no path, to copy. */
function edits({ added, grown }: Comparison): Block[] {
  const others = worstFirst(
    [...added, ...grown.map(({ finding }) => finding)].filter((each) => !isPath(each)),
  );
  const rows = [...new Set(others.map(edit))].filter((each) => each !== '').map((each) => `${each}\n`);
  return rows.length > 0
    ? [
        fold(
          `${count(rows.length, 'edit')} that close${rows.length === 1 ? 's' : ''} what is not a path, to copy`,
          'edits',
          6,
          '',
          rows,
        ),
      ]
    : [];
}

function better(change: Comparison, page: Page): Block[] {
  const rows = worstFirst(change.fixed).map((finding) => shortRow(finding, { ...page, site: null }));
  return [
    ...(rows.length > 0 ? [section('Fixed', 'fixed findings', 5, SHORT_TOP, rows)] : []),
    ...changesBetter(change, page),
  ];
}

/** Closed: what nobody has to read. */
function before({ standing, added, grown }: Comparison, verdict: Verdict, page: Page): Block[] {
  const there = worstFirst([...standing, ...verdict.known]);
  const { waived } = verdict;
  const [first] = worstFirst([...added, ...grown.map(({ finding }) => finding)]);
  return [
    ...(there.length > 0
      ? [
          fold(
            `${count(there.length, 'finding')} that ${there.length === 1 ? 'was' : 'were'} there before`,
            'findings that were there before',
            9,
            SHORT_TOP,
            there.map((finding) => shortRow(finding, page)),
          ),
        ]
      : []),
    ...(waived.length > 0
      ? [
          fold(
            `${count(waived.length, 'finding')} waived`,
            'waived findings',
            8,
            WAIVED_TOP,
            waived.map((each) => waivedRow(each, page)),
          ),
        ]
      : []),
    ...(first ? [waiverExample(first)] : []),
  ];
}
