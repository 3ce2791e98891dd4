import { expect, test } from 'vitest';
import { folder, maestro } from '../support/cli.ts';

/** A rule whose tests fail in every way there is. */
const RULE = `rule: 1
id: no-agent-acts-alone
title: Agent that acts on its own
layer: agent-frameworks
severity: high
confidence: high
threats: [l7-compromised-agents]
why: Nobody sees what it does.
for: agent
when: agent.autonomy == "autonomous"
at: autonomy
message: "{agent.id} acts on its own"
fix:
  say: Let a person agree
  edit: { autonomy: supervised }
tests:
  - name: one agent too many, one too few, one at the wrong key
    model: |
      agents:
        buyer: { autonomy: autonomous }
        clerk: { autonomy: autonomous }
        payer: { autonomy: suggest }
        seller: { autonomy: autonomous }
    finds:
      - { subject: clerk }
      - { subject: payer }
      - { subject: seller, at: identity }
  - name: nothing was wanted
    model: |
      agents:
        clerk: { autonomy: autonomous }
    finds: []
  - name: nothing is found
    model: |
      agents:
        clerk: { autonomy: suggest }
    finds: [{ subject: clerk }]
  - name: another fact is missing
    model: |
      agents:
        clerk: {}
        payer: {}
    finds: []
    unknown: [clerk.autonomy, payer.serves]
  - name: its model has mistakes
    model: |
      agents:
        clerk: { autonmy: suggest }
        # 領収書
        payer:
          serves: nobody
    finds: []
  - name: its model names one thing twice
    model: |
      agents:
        clerk: { autonomy: suggest }
      tools:
        clerk: { kind: email }
    finds: []
  - name: its model is no block
    model: "agents: { clerk: { autonmy: suggest } }"
    finds: []
  - name: its model describes the system too
    model: |

      system: { criticality: high }
      agents: { clerk: { autonmy: suggest } }
    finds: []
  - name: one that passes
    model: |
      agents:
        clerk: { autonomy: autonomous }
    finds: [{ subject: clerk }]
`;

const run = (terminal?: number, env: Readonly<Record<string, string>> = {}) =>
  maestro(folder({ 'no-agent-acts-alone.yaml': RULE }), ['test', '.'], {
    env,
    ...(terminal === undefined ? {} : { terminal }),
  });

test('what was expected and what was found stand side by side', async () => {
  const { code, stdout, stderr } = await run();
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  await expect(stdout).toMatchFileSnapshot('../golden/report/rule-tests.txt');
  expect(stdout.endsWith('\n\n1 passed, 8 failed\n')).toBe(true);
});

test('or one under the other where there is no room', async () => {
  const { stdout } = await run(40, { NO_COLOR: '1' });
  await expect(stdout).toMatchFileSnapshot('../golden/report/rule-tests-narrow.txt');
});

test('in colour on a terminal, with the same words', async () => {
  const { stdout } = await run(100);
  await expect(stdout).toMatchFileSnapshot('../golden/report/rule-tests.ansi');
  const plain = (await run(100, { NO_COLOR: '1' })).stdout;
  expect(stdout.replace(/\x1b\[[\d;]*m/g, '')).toBe(plain);
});
