import type { Finding, Location, Problem } from '../finding/finding.ts';
import type { Severity } from '../finding/severity.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { clip, MAX_MESSAGE } from './clip.ts';
import { commandData, commandProperty, visible } from './escape.ts';
import { headline, pressing } from './headline.ts';
import { fromTop } from './links.ts';
import { worstFirst } from './order.ts';
import { count } from './words.ts';

/** GitHub shows ten annotations of one kind for a step; the last is for what is left out. */
const MOST = 9;

export interface GithubOptions {
  /** Folder of the working directory from the top of the repository: annotations count from there. */
  readonly prefix?: string;
}

interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  readonly file: string;
  readonly location: Location | null;
}

const LEVELS: Readonly<Record<Severity, Annotation['level']>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
};

/**
 * Workflow commands for GitHub's runner, which it shows at the lines of a change: what could not be read, then the
 * worst findings; where there is a base, those that are new or worse. Ends with the verdict as a line of the log.
 */
export function githubReport(verdict: Verdict, { prefix = '' }: GithubOptions = {}): string {
  const all = [...verdict.errors.map(ofProblem), ...worstFirst(pressing(verdict)).map(ofFinding)];
  const left = all.length - MOST;
  const more = left > 0 ? [`::notice title=maestro::${commandData(`${left} more in the whole report`)}`] : [];
  const lines = [...all.slice(0, MOST).map((each) => command(each, prefix)), ...more, verdictLine(verdict)];
  return `${lines.join('\n')}\n`;
}

const verdictLine = (verdict: Verdict): string => {
  const errors = verdict.errors.length;
  return visible(`maestro: ${headline(verdict)}${errors > 0 ? ` ${count(errors, 'error')}.` : ''}`);
};

const ofProblem = ({ code, message, suggestion, file, location }: Problem): Annotation => ({
  level: 'error',
  title: `not checked: ${code}`,
  message: suggestion === undefined ? message : `${message}\nHelp: ${suggestion}`,
  file,
  location,
});

const ofFinding = ({ severity, rule, message, fix, location }: Finding): Annotation => ({
  level: LEVELS[severity],
  title: `${severity}: ${rule}`,
  message: `${message}\nFix: ${fix.say}`,
  file: location.file,
  location,
});

function command({ level, title, message, file, location }: Annotation, prefix: string): string {
  const properties = [
    ['file', fromTop(prefix, file) ?? file],
    ...(location ? lines(location) : []),
    ['title', clip(title, MAX_MESSAGE)],
  ].map(([name, value]) => `${name}=${commandProperty(String(value))}`);
  const text = message.split('\n').map((line) => clip(line, MAX_MESSAGE));
  return `::${level} ${properties.join(',')}::${commandData(text.join('\n'))}`;
}

/** Columns count only within one line. */
const lines = ({ line, column, endLine, endColumn }: Location): [string, number][] => [
  ['line', line],
  ['endLine', endLine],
  ...(line === endLine
    ? ([
        ['col', column],
        ['endColumn', endColumn],
      ] as [string, number][])
    : []),
];
