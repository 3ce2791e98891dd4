import { readFileSync, realpathSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { ABOUT } from '../../build/about.ts';
import { UserError } from '../cli/errors.ts';
import { isOutside } from '../cli/files.ts';
import type { Io } from '../cli/io.ts';
import { writeFile, writeReports } from '../cli/output.ts';
import { OUTCOMES, type Outcome } from '../finding/outcome.ts';
import { commandData } from '../report/escape.ts';
import { githubReport } from '../report/github.ts';
import { pressing } from '../report/headline.ts';
import { worstFirst } from '../report/order.ts';
import { client } from './client.ts';
import { type Outputs, writeOutputs, writeSummary } from './commands.ts';
import { type CommentData, writeData } from './data.ts';
import { readSituation, type Situation } from './event.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { type Judged, judge } from './judge.ts';
import { followedData } from './post.ts';
import { remark, summary } from './remark.ts';
import { troubleOf } from './trouble.ts';

/** Runs the Action; gives what the process should exit with. Never throws. `io.cwd` is not looked at. */
export async function action(io: Io): Promise<number> {
  let outcome: Outcome;
  try {
    outcome = await run(io);
  } catch (error) {
    outcome = failed(error, io);
    writeOutputs(io.env['GITHUB_OUTPUT'], { ...NO_OUTPUTS, outcome });
  }
  return OUTCOMES[outcome];
}

const NO_OUTPUTS: Outputs = {
  'sarif-file': '',
  findings: '',
  'new-findings': '',
  'highest-severity': 'none',
  outcome: 'bug',
};

async function run(io: Io): Promise<Outcome> {
  const inputs = readInputs(io.env);
  if (!('paths' in inputs)) throw new UserError(inputs.join('; '));
  const situation = readSituation(io.env, payload(io));
  const api = () =>
    client({
      owner: situation.owner,
      repo: situation.repo,
      apiUrl: situation.apiUrl,
      token: inputs.token,
    });
  const workspace = realpathSync(io.env['GITHUB_WORKSPACE'] || io.cwd);
  if (inputs.commentFrom !== null) {
    return post(io, inputs, situation, api, resolve(workspace, inputs.commentFrom));
  }
  const cwd = folderOf(workspace, inputs.workingDirectory);
  const here = { ...io, cwd };
  const judged = await judge(here, inputs, situation);
  await report(here, inputs, situation, judged, workspace);
  const data = dataOf(judged, situation);
  if (data !== null && inputs.commentData !== null) writeFile(cwd, inputs.commentData, writeData(data));
  if (data !== null && inputs.comment !== 'never') {
    say(io, await remark(api(), data, situation, inputs, (trouble) => notice(io, trouble)));
  }
  return judged.outcome;
}

/** The reports that need nobody else: what a broken network cannot take away comes first. */
async function report(
  io: Io,
  { sarifFile }: Inputs,
  situation: Situation,
  judged: Judged,
  workspace: string,
): Promise<void> {
  const { verdict, outcome } = judged;
  await writeReports(
    io,
    verdict,
    [
      { format: 'text', output: null },
      { format: 'sarif', output: sarifFile },
    ],
    {},
  );
  io.stdout.write(githubReport(verdict));
  if (outcome === 'nothing')
    error(io, 'There is nothing to lint: no maestro.yaml or *.maestro.yaml, or no rule is left');
  writeSummary(io.env['GITHUB_STEP_SUMMARY'], summary({ ...judged, headSha: situation.headSha }, situation));
  const fresh = worstFirst(pressing(verdict));
  writeOutputs(io.env['GITHUB_OUTPUT'], {
    'sarif-file': relative(workspace, resolve(io.cwd, sarifFile)).split(sep).join('/'),
    findings: String(verdict.findings.length),
    'new-findings': String(fresh.length),
    'highest-severity': fresh[0]?.severity ?? 'none',
    outcome,
  });
}

function dataOf(judged: Judged, { pull }: Situation): CommentData | null {
  if (pull === null) return null;
  const { outcome: _, ...told } = judged;
  return { pull: pull.number, headSha: pull.headSha, ...told };
}

/** The second of two workflows: posts what the first one found. */
async function post(
  io: Io,
  inputs: Inputs,
  situation: Situation,
  api: () => ReturnType<typeof client>,
  file: string,
): Promise<Outcome> {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    notice(io, 'There is no comment: the run before left no file to post.');
    return 'clean';
  }
  const github = api();
  const data = await followedData(readFileSync(file, 'utf8'), situation, github).catch((caught) => {
    notice(io, `There is no comment: ${troubleOf(caught, false)}.`);
    return null;
  });
  if (typeof data === 'string') throw new UserError(data);
  if (data !== null) say(io, await remark(github, data, situation, inputs, (trouble) => notice(io, trouble)));
  return 'clean';
}

function payload({ env }: Io): unknown {
  const path = env['GITHUB_EVENT_PATH'];
  return path ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

function folderOf(workspace: string, given: string): string {
  const path = resolve(workspace, given);
  const wrong = (what: string) => new UserError(`working-directory: ${given} ${what}`);
  if (isOutside(workspace, path)) throw wrong('leads out of the checkout');
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw wrong('is not a folder of the checkout');
  const real = realpathSync(path);
  if (isOutside(workspace, real)) throw wrong('leads out of the checkout through a link');
  return real;
}

const say = (io: Io, sentence: string): void => io.stdout.write(`maestro: ${sentence}\n`);
const notice = (io: Io, sentence: string): void =>
  io.stdout.write(`::notice title=maestro::${commandData(sentence)}\n`);
const error = (io: Io, sentence: string): void =>
  io.stdout.write(`::error title=maestro::${commandData(sentence)}\n`);

function failed(caught: unknown, io: Io): Outcome {
  if (caught instanceof UserError) {
    error(io, caught.suggestion ? `${caught.message}. ${caught.suggestion}` : caught.message);
    return 'invalid';
  }
  const stack = caught instanceof Error ? (caught.stack ?? caught.message) : String(caught);
  error(io, `maestro ${ABOUT.version} has a bug. Please report this at ${ABOUT.repository}/issues\n${stack}`);
  return 'bug';
}
