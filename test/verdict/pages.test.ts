import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ABOUT } from '../../build/about.ts';
import { driftUrl, isOwnPage, pageOf, ruleUrl } from '../../src/verdict/pages.ts';

const builtIn = new Set(['kill-switch-missing']);
const local = (url: string): URL =>
  new URL(`../../${url.slice(`${ABOUT.repository}/blob/main/`.length).replace(/#.*/, '')}`, import.meta.url);

describe('pages', () => {
  it('exist in this repository', () => {
    for (const url of [
      ruleUrl('kill-switch-missing'),
      pageOf('assert-refunds', builtIn)!,
      driftUrl('drift-auto-approve'),
    ]) {
      expect(isOwnPage(url), url).toBe(true);
      expect(existsSync(local(url)), url).toBe(true);
    }
    const drift = readFileSync(local(driftUrl('drift-auto-approve')), 'utf8');
    expect(drift).toContain('\n## drift-auto-approve\n');
  });

  it('are none for a rule of a pack', () => {
    expect(pageOf('acme-no-fax', builtIn)).toBeNull();
  });

  it.each([
    'https://evil.example/blob/main/docs/drift.md',
    `${ABOUT.repository}/blob/main/docs/../../../../evil/x.md`,
    `${ABOUT.repository}/blob/main/docs/rules/a.md)[x](https://evil.example/`,
    `${ABOUT.repository}/blob/main/docs/rules/a.md?x`,
    `${ABOUT.repository}.evil.example/blob/main/docs/rules/a.md`,
  ])('are not what somebody else wrote: %s', (url) => {
    expect(isOwnPage(url)).toBe(false);
  });
});
