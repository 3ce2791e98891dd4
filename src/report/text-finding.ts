import type { Finding, Step } from '../finding/finding.ts';
import { visible } from './escape.ts';
import { codeFrame, yamlLines } from './frame.ts';
import type { Paint } from './paint.ts';
import type { TextOptions } from './text-options.ts';
import { listed, place } from './words.ts';

/** A path longer than this shows its two ends: what starts it and what it reaches. */
const MAX_STEPS = 12;
const MAX_SOURCES = 5;

/** A finding for people: what is wrong, the line, how an attacker gets there, what to change, where to read more. */
export function findingText(
  finding: Finding,
  url: string | undefined,
  paint: Paint,
  { width }: TextOptions,
): string {
  const { severity, confidence } = finding;
  const doubt = confidence === 'high' ? '' : paint.faint(` (${confidence} confidence)`);
  const frame = codeFrame(finding.location, finding.snippet, {
    width: width - 2,
    caret: (text) => paint.alarm(severity, text),
    gutter: paint.faint,
  });
  return [
    `${paint.alarm(severity, `${severity}[${visible(finding.rule)}]`)} ${paint.strong(visible(finding.message))}${doubt}`,
    `  ${place(finding.location)}`,
    ...frame.map((line) => `  ${line}`),
    ...pathLines(finding, paint),
    ...fixLines(finding),
    ...(url ? [`  see: ${paint.link(visible(url))}`] : []),
  ].join('\n');
}

function pathLines({ steps = [], sources = [] }: Finding, paint: Paint): string[] {
  if (steps.length === 0) return [];
  const hidden = steps.length > MAX_STEPS ? steps.length - MAX_STEPS + 1 : 0;
  const head = MAX_STEPS / 2;
  const lines = steps.map((step, i) => `${i === steps.length - 1 ? '└─' : '├─'} ${stepText(step, paint)}`);
  if (hidden > 0) lines.splice(head, hidden, `│  … ${hidden} more steps`);
  const others = sources.filter((source) => source !== steps[0]!.node);
  const from = others.length > 0 ? [`  also from: ${listed(others, MAX_SOURCES)}`] : [];
  return ['  path:', ...lines.map((line) => `    ${line}`), ...from];
}

const stepText = (step: Step, paint: Paint): string =>
  `${visible(step.text)} ${paint.faint(`(${place(step.location)})`)}`;

function fixLines({ fix }: Finding): string[] {
  const edit = fix.yaml.trim() === '' ? [] : yamlLines(fix.yaml).map((line) => `    ${line}`.trimEnd());
  return [`  fix: ${visible(fix.say)}`, ...edit];
}
