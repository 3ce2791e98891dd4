import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { multitool } from '../install.mjs';
import { ensure, folder, succeed } from '../support.mjs';
import { sarifReports, WRONG } from './sarif-reports.mjs';

/** Rules of the tool that we do not follow, each with the reason. */
const EXCLUDED = new Map([]);

export const checks = [
  {
    name: 'SARIF passes the validator of sarif-multitool, rules of SARIF and of GitHub',
    run() {
      const wrong = join(folder(), 'wrong.sarif');
      writeFileSync(wrong, JSON.stringify(WRONG));
      ensure(validate(wrong).length > 0, 'the tool has nothing against a wrong report');
      for (const { name, path } of sarifReports()) {
        const left = validate(path).filter(({ ruleId }) => !EXCLUDED.has(ruleId));
        ensure(left.length === 0, `SARIF of ${name}:\n${left.map(line).join('\n')}`);
      }
    },
  },
];

/** What the tool says. It always ends with 0 unless it breaks, so its own report is read. */
function validate(path) {
  const output = `${path}.checked`;
  succeed(
    multitool(),
    [
      'validate',
      path,
      '--rule-kind',
      'Sarif;Ghas',
      '--level',
      'Error;Warning',
      '--output',
      output,
      '--log',
      'ForceOverwrite',
    ],
    { env: { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1', DOTNET_CLI_TELEMETRY_OPTOUT: '1' } },
  );
  const { runs } = JSON.parse(readFileSync(output, 'utf8').replace(/^\uFEFF/, ''));
  const [{ invocations }] = runs;
  const broken = invocations.flatMap((each) => [
    ...(each.executionSuccessful ? [] : ['it did not succeed']),
    ...(each.toolExecutionNotifications ?? []).map(({ message }) => message.text),
    ...(each.toolConfigurationNotifications ?? []).map(({ message }) => message.text),
  ]);
  ensure(broken.length === 0, `sarif-multitool could not check ${path}: ${broken.join('; ')}`);
  return runs.flatMap(({ tool, results }) => results.map((result) => ({ ...result, tool })));
}

function line({ ruleId, level, message, locations, tool }) {
  const rule = tool.driver.rules?.find(({ id }) => id === ruleId);
  const template = rule?.messageStrings?.[message.id]?.text ?? message.text ?? '';
  const text = template.replaceAll(/\{(\d+)\}/g, (_, i) => message.arguments?.[i] ?? '');
  const region = locations?.[0]?.physicalLocation?.region;
  return `${ruleId} ${level ?? 'warning'} at line ${region?.startLine ?? '?'}: ${text}`;
}
