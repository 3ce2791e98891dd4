import { ensure } from '../support.mjs';
import { sarifReports } from './sarif-reports.mjs';

export const checks = [
  {
    name: 'SARIF has what GitHub needs and no validator asks for',
    run() {
      for (const { name, log } of sarifReports()) {
        ensure(log.runs.length === 1, `${name}: ${log.runs.length} runs`);
        const [run] = log.runs;
        const say = (holds, what) => ensure(holds, `SARIF of ${name}: ${what}`);
        checkRules(run, say);
        checkResults(run, say);
        say(run.invocations[0].executionSuccessful === !/invalid/.test(name), 'executionSuccessful is wrong');
        if (name === 'examples') say(run.results.length > 0, 'no result at all');
      }
    },
  },
];

function checkRules({ tool }, say) {
  for (const { id, properties, helpUri } of tool.driver.rules) {
    say(typeof properties['security-severity'] === 'string', `security-severity of ${id} is no string`);
    say(Number(properties['security-severity']) >= 0, `security-severity of ${id} is no number`);
    say(properties.tags.length <= 10, `${id} has more than 10 tags`);
    say(/^https:/.test(helpUri), `${id} has no helpUri`);
  }
}

function checkResults({ tool, results, invocations }, say) {
  const fingerprints = results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
  say(new Set(fingerprints).size === fingerprints.length, 'two results have one fingerprint');
  for (const { ruleId, ruleIndex } of results) {
    say(tool.driver.rules[ruleIndex]?.id === ruleId, `${ruleId} is not rule ${ruleIndex}`);
  }
  const notices = invocations.flatMap((each) => each.toolExecutionNotifications ?? []);
  for (const location of [...results, ...notices].flatMap((each) => each.locations ?? [])) {
    const { uri } = location.physicalLocation.artifactLocation;
    say(
      !/^(\/|[a-z]+:|\.\.)|[\s\\]|[^\x21-\x7e]/i.test(uri),
      `${JSON.stringify(uri)} is no relative, encoded URI`,
    );
    say((location.physicalLocation.region?.startLine ?? 1) >= 1, 'a line below 1');
  }
}
