/**
 * What `init` and `drift` make of checkouts of public projects:
 *
 *   node test/tools/five-changes.mjs <folder of checkouts>
 *
 * Each is copied; the draft has to lint, and drift right after has to be empty. Then one thing is changed at a time, and
 * drift has to name that one and nothing else. `none` is a change for which the project has no place.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { codeIn, factsIn, readers } from './accuracy/found.mjs';
import { maestro, folder as newFolder, removeFolders } from './support.mjs';

const DATABASE = /^(\s+)image:\s*["']?[^\s"']*(?:postgres|pgvector|mysql|mariadb|mongo|redis|qdrant)/;
const APPROVALS = [
  [/\b(human_input\s*[:=]\s*)true\b/i, 'py ya?ml'],
  [/\b((?:needs_approval|require_confirmation)\s*=\s*)True\b/, 'py'],
  [/\b((?:needsApproval|requireApproval)\s*:\s*)true\b/, 'tsx?'],
];
const root = process.argv[2];
if (!root) throw new Error('Which folder holds the checkouts?');
const list = await readers();
let failed = 0;
for (const name of readdirSync(root).filter((each) => statSync(join(root, each)).isDirectory())) {
  const copy = join(newFolder(), name);
  cpSync(join(root, name), copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/[/\\](?:\.git|node_modules)$/.test(path),
  });
  const results = tried(copy);
  for (const [change, result] of results) {
    if (!/^(?:ok|none)/.test(result)) failed += 1;
    console.log(`${name.padEnd(52)} ${change.padEnd(14)} ${result}`);
  }
  rmSync(dirname(copy), { recursive: true, force: true });
}
removeFolders();
console.log(failed === 0 ? 'all as they should be' : `${failed} are wrong`);
process.exitCode = failed === 0 ? 0 : 1;

function tried(copy) {
  if (!existsSync(join(copy, '.mcp.json'))) {
    const press = { command: 'npx', args: ['-y', 'press-archive@1.2.3'] };
    write(copy, '.mcp.json', JSON.stringify({ mcpServers: { 'press-archive': press } }, null, 2));
  }
  const written = maestro(['init', '--yes', '--force', '--name', 'tried'], { cwd: copy });
  if (written.code !== 0) return [['init', `wrong: ${written.code} ${written.stderr}`]];
  const linted = maestro(['lint', '--fail-on', 'never', '-f', 'json'], { cwd: copy });
  const before = differences(copy);
  return [
    ['lint', linted.code === 0 ? 'ok' : `wrong: ${linted.code} ${linted.stderr}`],
    ['drift', before.length === 0 ? 'ok' : `wrong: ${before.join('; ')}`],
    ['a server', changed(copy, addServer)],
    ['a tool', changed(copy, addTool)],
    ['auto-approve', changed(copy, addAutoApprove)],
    ['no approval', changed(copy, removeApproval)],
    ['a port', changed(copy, publishPort)],
  ];
}

/** Every difference in a line. */
function differences(copy) {
  const { stdout, stderr, code } = maestro(['drift', '--fail-on', 'never', '-f', 'json'], { cwd: copy });
  if (code !== 0) return [`exit code ${code}: ${stderr}`];
  return JSON.parse(stdout).findings.map(({ rule, subject, message }) => `${rule} ${subject}: ${message}`);
}

/** Makes a change, looks, and takes it back. */
function changed(copy, change) {
  const { file, text, names } = change(copy) ?? {};
  if (!file) return 'none';
  const old = readFileSync(join(copy, file), 'utf8');
  write(copy, file, text);
  const found = differences(copy);
  write(copy, file, old);
  const right = found.length === 1 && names.some((name) => found[0].includes(name));
  return `${right ? 'ok' : 'wrong'}: ${file}: ${found.join('; ') || 'nothing'}`;
}

function write(copy, file, text) {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
}

function servers(copy) {
  const text = readFileSync(join(copy, '.mcp.json'), 'utf8');
  const config = JSON.parse(text);
  return { config, map: config.mcpServers ?? config.servers };
}

function addServer(copy) {
  const { config, map } = servers(copy);
  map['tried-server'] = { command: 'npx', args: ['-y', 'tried-server@1.0.0'] };
  return { file: '.mcp.json', text: JSON.stringify(config, null, 2), names: ['tried-server'] };
}

function addAutoApprove(copy) {
  const { config, map } = servers(copy);
  const [first] = Object.keys(map);
  map[first].autoApprove = [...(map[first].autoApprove ?? []), 'delete_everything'];
  return { file: '.mcp.json', text: JSON.stringify(config, null, 2), names: ['delete_everything'] };
}

/** A function, or for TypeScript a tool, in front of the first tool of an agent. */
function addTool(copy) {
  const facts = factsIn(copy, codeIn(copy), list);
  for (const { kind, source, links } of facts) {
    if (kind !== 'agent') continue;
    const link = links.find(({ as, file, to }) => as === 'tools' && !file && to);
    if (!link) continue;
    const lines = readFileSync(join(copy, source.file), 'utf8').split('\n');
    const line = lines[link.line - 1] ?? '';
    const before = line.slice(0, link.column - 1);
    if (source.file.endsWith('.py')) {
      if (!/(?:\[|,)\s*$|^\s*$/.test(before)) continue;
      lines[link.line - 1] = `${before}tried_tool, ${line.slice(link.column - 1)}`;
      const at = lines.findIndex((each) => /^(?:async def|def|class|@|[a-zA-Z_]\w* *=)/.test(each));
      lines.splice(at, 0, 'def tried_tool(text: str) -> str:', '    return text', '', '');
      return { file: source.file, text: lines.join('\n'), names: ['tried_tool'] };
    }
    const isList = /\[\s*$/.test(before);
    if (!isList && !/[{,]\s*$|^\s*$|:\s*$/.test(before)) continue;
    const at = before.replace(/[\w'"-]+\s*:\s*$/, '');
    if (/:\s*$/.test(before) && at === before) continue;
    const made = "tool({ description: 'tries', execute: async () => 1 })";
    const own = isList ? 'triedTool' : `triedTool: ${made}`;
    lines[link.line - 1] = `${at}${own}, ${line.slice(at.length)}`;
    if (!/import\s*\{[^}]*\btool\b[^}]*\}\s*from\s*['"]ai['"]/.test(lines.join('\n')))
      lines.unshift("import { tool } from 'ai';");
    return { file: source.file, text: lines.join('\n'), names: ['triedTool', 'tried'] };
  }
  return null;
}

function removeApproval(copy) {
  const description = readFileSync(join(copy, 'maestro.yaml'), 'utf8');
  for (const file of filesIn(copy)) {
    for (const [pattern, endings] of APPROVALS) {
      if (!new RegExp(`\\.(?:${endings.replaceAll(' ', '|')})$`).test(file)) continue;
      const text = readFileSync(join(copy, file), 'utf8');
      if (!pattern.test(text) || !description.includes(file)) continue;
      const no = text.replace(pattern, (_, key) => key + (file.endsWith('.py') ? 'False' : 'false'));
      return { file, text: no, names: ['human_approval', 'approval'] };
    }
  }
  return null;
}

function publishPort(copy) {
  for (const file of filesIn(copy).filter((each) => /compose[^/]*\.ya?ml$/.test(each))) {
    const lines = readFileSync(join(copy, file), 'utf8').split('\n');
    for (const [i, line] of lines.entries()) {
      const indent = DATABASE.exec(line)?.[1];
      if (indent === undefined) continue;
      const service = lines
        .slice(0, i)
        .findLast((each) => /^\s*[\w-]+:\s*$/.test(each) && each.search(/\S/) < indent.length);
      const end = lines.findIndex(
        (each, at) => at > i && each.trim() !== '' && each.search(/\S/) < indent.length,
      );
      const body = lines.slice(i, end < 0 ? undefined : end);
      if (body.some((each) => each.startsWith(`${indent}ports:`))) continue;
      lines.splice(i + 1, 0, `${indent}ports: ["15432:5432"]`);
      return { file, text: lines.join('\n'), names: [service.trim().replace(':', '')] };
    }
  }
  return null;
}

function filesIn(copy) {
  return readdirSync(copy, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter(
      (path) => /\.(?:py|tsx?|ya?ml)$/.test(path) && !/(?:^|\/)(?:tests?|node_modules|fixtures)\//.test(path),
    )
    .sort();
}
