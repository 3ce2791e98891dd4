import type { Verdict } from '../verdict/verdict.ts';
import type { Block } from './blocks.ts';
import { placeLink } from './links.ts';
import { code, fold, type Page, problemRow, row, tableTop } from './markdown-parts.ts';
import { count } from './words.ts';

/** Closed, and left out of comments: what deserves a look, and what could not be judged. */
export const asides = ({ warnings, unknown }: Verdict, page: Page): Block[] => [
  ...(warnings.length > 0
    ? [
        fold(
          count(warnings.length, 'warning'),
          'warnings',
          10,
          tableTop('', 'What deserves a look', 'Where'),
          warnings.map((problem) => problemRow(problem, page, 'warning')),
        ),
      ]
    : []),
  ...(unknown.length > 0
    ? [
        fold(
          `${count(unknown.length, 'check')} could not judge`,
          'checks that could not judge',
          11,
          tableTop('Rule', 'Of', 'Declare', 'Where'),
          unknown.map(({ rule, subject, facts, location }) =>
            row(
              code(rule),
              subject.slice(0, MOST).map(code).join(', '),
              facts.slice(0, MOST).map(code).join(', '),
              placeLink(location, page.site),
            ),
          ),
        ),
      ]
    : []),
];

/** Ids and facts that one row lists. */
const MOST = 10;
