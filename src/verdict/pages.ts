import { ABOUT } from '../../build/about.ts';
import { ASSERTED } from '../finding/finding.ts';

const DOCS = `${ABOUT.repository}/blob/main/docs/`;

/** The page of a rule that comes with the program. */
export const ruleUrl = (id: string): string => `${DOCS}rules/${id}.md`;

export const driftUrl = (id: string): string => `${DOCS}drift.md#${id}`;

/** What reports link a rule to: its page if it comes with the program; own assertions share one; a pack's rule has none. */
export function pageOf(id: string, builtIn: ReadonlySet<string>): string | null {
  if (builtIn.has(id)) return ruleUrl(id);
  return id.startsWith(ASSERTED) ? `${DOCS}assertions.md` : null;
}

/** Whether an address that somebody else wrote is a page of our own documentation and nothing more. */
export const isOwnPage = (url: string): boolean =>
  url.startsWith(DOCS) && /^[a-z-]+(?:\/[a-z0-9-]+)?\.md(?:#[a-z0-9-]+)?$/.test(url.slice(DOCS.length));
