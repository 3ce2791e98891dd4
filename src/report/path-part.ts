import type { Finding } from '../finding/finding.ts';
import { clip } from './clip.ts';
import { pathPicture } from './draw/path-picture.ts';
import { markdownFence } from './escape-markdown.ts';
import { placeLink } from './links.ts';
import { code, edit, type Page, ruleName, text } from './markdown-parts.ts';

const MAX_STEPS = 30;
const MAX_SOURCES = 5;
const MAX_STEP = 200;

/** An attack path: where it starts and ends, a picture, its steps with their lines, and what closes it. */
export function pathPart(finding: Finding, page: Page): string {
  const { steps = [], sources = [], subject } = finding;
  const [first] = steps;
  const others = sources.filter((source) => source !== first?.node);
  const more = others.length > MAX_SOURCES ? ` and ${others.length - MAX_SOURCES} more` : '';
  const also =
    others.length > 0 ? ` (also from ${others.slice(0, MAX_SOURCES).map(code).join(', ')}${more})` : '';
  // An attack by one agent is about that agent, and ends where it does harm.
  const end = steps.length > 1 ? [steps.at(-1)!.node] : subject;
  const from = first ? `from ${code(first.node)}${also} ` : '';
  const lines = steps
    .slice(0, MAX_STEPS)
    .map(
      (step, i) => `${i + 1}. ${text(clip(step.text, MAX_STEP))} · ${placeLink(step.location, page.site)}\n`,
    );
  const rest = steps.length > MAX_STEPS ? `\n_and ${steps.length - MAX_STEPS} more steps_\n` : '';
  return (
    `**An attacker gets ${from}to ${end.map(code).join(', ')}** · ${finding.severity} · ${ruleName(finding.rule, page)}\n\n` +
    `${markdownFence('mermaid', pathPicture(finding).trimEnd().split('\n'))}\n` +
    `<details><summary>${steps.length === 1 ? 'The step' : `The ${steps.length} steps`}, line by line</summary>\n\n${lines.join('')}${rest}\n</details>\n\n` +
    `**What closes it:** ${text(finding.fix.say)}\n\n${edit(finding)}`
  );
}
