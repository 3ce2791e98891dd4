import { expect, test } from 'vitest';
import { fingerprint } from '../../src/finding/fingerprint.ts';

test('is stable, and borders between its parts count', () => {
  const one = fingerprint('kill-switch-missing', 'desk', ['trader'], 'controls.kill_switch');
  // Baselines hold this number: it never changes.
  expect(one).toBe('70ffa2ac1caa83c4ec9c081195cde63a');
  expect(one).toMatch(/^[0-9a-f]{32}$/);
  const others = [
    fingerprint('kill-switch-missing', 'desk', ['trader']),
    fingerprint('kill-switch-missing', 'desk', ['trader', 'controls.kill_switch']),
    fingerprint('kill-switch-missing', 'des', ['ktrader'], 'controls.kill_switch'),
    fingerprint('kill-switch-missingdesk', '', ['trader'], 'controls.kill_switch'),
    fingerprint('kill-switch-missing', 'desk', ['trad', 'er'], 'controls.kill_switch'),
  ];
  expect(new Set([one, ...others]).size).toBe(others.length + 1);
});
