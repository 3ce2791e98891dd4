/**
 * Holds the readers of code against counts by other parsers, on checkouts of public projects:
 *
 *   node test/tools/accuracy.mjs <folder of checkouts>
 *
 * with a checkout of each project of accuracy/projects.json at its commit in `<folder>/<owner>+<name>`. Needs python3.
 * `--show` lists every difference; `--held-out` takes the projects of accuracy/held-out.json, which were not looked at
 * while the readers were written.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeIn, factsIn, readers } from './accuracy/found.mjs';
import { truthOf } from './accuracy/truth.mjs';

const [folder, ...options] = process.argv.slice(2);
if (!folder) throw new Error('Which folder holds the checkouts?');
const show = options.includes('--show');
const chosen = options.includes('--held-out') ? 'held-out' : 'projects';
const projects = JSON.parse(readFileSync(join(import.meta.dirname, `accuracy/${chosen}.json`), 'utf8'));
const list = await readers();
const ratio = (part, whole) => (whole === 0 ? 1 : part / whole);
const sums = { found: 0, right: 0, true: 0, tools: 0, toolsRight: 0, named: 0, wrong: 0 };
let failed = false;

for (const { framework, owner, name } of projects) {
  const checkout = join(folder, `${owner}+${name}`);
  if (!existsSync(checkout)) {
    console.log(`${owner}/${name}: no checkout`);
    failed = true;
    continue;
  }
  const paths = codeIn(checkout);
  const facts = factsIn(checkout, paths, list);
  const truth = truthOf(checkout, paths);
  const agents = compareAgents(facts, truth);
  const tools = compareTools(facts, truth);
  for (const [key, value] of Object.entries({ ...agents, ...tools })) if (key in sums) sums[key] += value;
  const precision = ratio(agents.right, agents.found);
  const recall = ratio(agents.right, agents.true);
  const toolRecall = ratio(tools.toolsRight, tools.tools);
  failed ||= precision < 0.95 || recall < 0.95 || toolRecall < 0.9 || ratio(tools.wrong, tools.named) > 0.1;
  console.log(
    `${framework.padEnd(14)} ${`${owner}/${name}`.padEnd(46)} agents ${agents.right} of ${agents.true}, found ${agents.found}` +
      ` (precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}); tools ${tools.toolsRight} of ${tools.tools}` +
      ` (${toolRecall.toFixed(3)}), ${tools.wrong} wrong, ${tools.open} known at run time; models ${modelsOf(facts)}`,
  );
}
console.log(
  `all: agents precision ${ratio(sums.right, sums.found).toFixed(3)}, recall ${ratio(sums.right, sums.true).toFixed(3)}` +
    ` of ${sums.true}; tools ${ratio(sums.toolsRight, sums.tools).toFixed(3)} of ${sums.tools}, ${sums.wrong} of ${sums.named} wrong`,
);
process.exitCode = failed ? 1 : 0;

/** An agent is found when it is in the right line of the right file. */
function compareAgents(facts, truth) {
  const at = ({ file, line }) => `${file}:${line}`;
  const expected = new Set(truth.agents.map(at));
  const found = new Set(facts.filter(({ kind }) => kind === 'agent').map(({ source }) => at(source)));
  for (const one of expected) if (show && !found.has(one)) console.log(`  missing agent ${one}`);
  for (const one of found) if (show && !expected.has(one)) console.log(`  invented agent ${one}`);
  return {
    found: found.size,
    true: expected.size,
    right: [...found].filter((one) => expected.has(one)).length,
  };
}

/** An entry of a list of tools is found when a link stands at its place and has a name that it may have. */
function compareTools(facts, truth) {
  const links = new Map();
  for (const { kind, source, links: own } of facts) {
    if (kind !== 'agent') continue;
    for (const link of own) {
      if (link.as !== 'tools' && link.as !== 'delegates_to') continue;
      const place = `${link.file ?? source.file}:${link.line}:${link.column}`;
      links.set(place, [...(links.get(place) ?? []), link]);
    }
  }
  const result = { tools: 0, toolsRight: 0, open: 0, named: 0, wrong: 0 };
  for (const entry of truth.tools) {
    const place = `${entry.file}:${entry.line}:${entry.column}`;
    const own = links.get(place) ?? [];
    const resolved = own.filter(({ unresolved }) => unresolved === undefined);
    if (entry.names === null) {
      result.open++;
      continue;
    }
    result.tools++;
    const fits = ({ to, attributes }) =>
      [to, attributes?.called?.value].some((one) => entry.names.includes(one));
    const right = resolved.some(fits);
    if (resolved.length > 0) result.named++;
    if (resolved.length > 0 && !right) result.wrong++;
    if (right) result.toolsRight++;
    else if (show)
      console.log(
        `  tool ${place} ${entry.names}: ${own.map(({ to, unresolved }) => `${to} ${unresolved ?? ''}`)}`,
      );
  }
  return result;
}

/** How many agents have a model that the code names, of those that say one. */
function modelsOf(facts) {
  const said = facts.filter(({ kind, attributes }) => kind === 'agent' && attributes.model);
  return `${said.filter(({ attributes }) => attributes.model.value !== null).length} of ${said.length} named`;
}
