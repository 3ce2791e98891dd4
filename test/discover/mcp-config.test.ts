import { describe, expect, test } from 'vitest';
import { effectOf } from '../../src/discover/mcp/verbs.ts';
import { looksSecret } from '../../src/finding/secrets.ts';
import { read, serversOf, tabled } from './mcp-read.ts';
import { KEY, SHAPES } from './mcp-shapes.ts';

describe('every client', () => {
  for (const { path, text, servers } of SHAPES)
    test(path, () => {
      const reading = read(path, text);
      expect(tabled(reading)).toEqual(servers);
      expect(reading?.unread).toEqual([]);
      expect(JSON.stringify(reading)).not.toContain(KEY);
      const named = serversOf(reading).map(({ name, source }) => [name, source.pointer.split('/').at(-1)]);
      for (const [name, last] of named) expect([name, '0']).toContain(last);
    });
});

const WHOLE = `{
  "mcpServers": {
    "one": { "command": "npx", "args": ["-y", "one-mcp@1.0.0"] },
    "two": { "type": "http", "url": "https://two.example.com/mcp" },
    "three": { "command": "uvx", "args": ["three-mcp"] }
  }
}`;
const NAMES = ['one', 'two', 'three'];

const DAMAGED: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  'a byte order mark': [`\ufeff${WHOLE}`, NAMES],
  'line ends of Windows': [WHOLE.replaceAll('\n', '\r\n'), NAMES],
  comments: [WHOLE.replaceAll('\n', ' // note\n').replace('"two"', '/* the second */ "two"'), NAMES],
  'trailing commas': [WHOLE.replaceAll('] }', '], },').replaceAll('},,', '},'), NAMES],
  'no outer braces': [WHOLE.trim().slice(1, -1), NAMES],
  'no outer braces and a mark': [`\ufeff${WHOLE.trim().slice(1, -1)}`, NAMES],
  'no closing braces': [WHOLE.slice(0, WHOLE.lastIndexOf('}', WHOLE.length - 3)), NAMES],
  'a missing comma': [WHOLE.replace('] },\n', '] }\n'), NAMES],
  'a brace too many behind the first': [WHOLE.replace('] },\n', '] }},\n'), NAMES],
  'a brace too few behind the first': [WHOLE.replace('] },\n', '],\n'), NAMES],
  'an entry that is a number': [WHOLE.replace('"two": {', '"bad": 3, "two": {'), NAMES],
  'an entry without a command': [WHOLE.replace('"two": {', '"bad": { "type": "stdio" }, "two": {'), NAMES],
  'an entry that is a list': [WHOLE.replace('"two": {', '"bad": [1], "two": {'), NAMES],
  'an entry with an unknown type': [
    WHOLE.replace('"two": {', '"odd": { "type": "telepathy", "url": "https://o.example" }, "two": {'),
    [...NAMES, 'odd'],
  ],
  'arguments that are no texts': [
    WHOLE.replace('"two": {', '"odd": { "command": "x", "args": [1, null, {}] }, "two": {'),
    [...NAMES, 'odd'],
  ],
  'a text that does not end': [WHOLE.replace('"one-mcp@1.0.0"', '"one-mcp@1.0.0'), ['one']],
  'marks of a merge': [WHOLE.replace('    "two"', '<<<<<<< HEAD\n    "two"'), NAMES],
};

describe('files that are not as they should be', () => {
  for (const [what, [text, names]] of Object.entries(DAMAGED))
    test(what, () => {
      const reading = read('.mcp.json', text);
      expect(serversOf(reading).map(({ name }) => name)).toEqual(expect.arrayContaining([...names]));
      expect(tabled(reading)['one']).toMatchObject({ transport: 'stdio', package: 'one-mcp' });
    });

  test('a broken table of TOML leaves the others', () => {
    const text =
      '[mcp_servers.a]\ncommand = "a"\n[mcp_servers.b]\ncommand = "b\n[mcp_servers.c]\ncommand = "c"\n';
    const reading = read('.codex/config.toml', text);
    expect(serversOf(reading).map(({ name, source }) => [name, source.line])).toEqual([
      ['a', 1],
      ['c', 5],
    ]);
    expect(reading?.unread).toEqual([{ file: '.codex/config.toml', line: 3, why: 'this is no TOML' }]);
  });

  test('what is wrong is said with its line', () => {
    const text = '{ "mcpServers": {\n "a": { "command": "a" },\n "b": { "type": "stdio" } } }';
    const reading = read('.mcp.json', text);
    expect(reading?.unread).toEqual([
      { file: '.mcp.json', line: 3, why: '`b` has neither a command nor an address' },
    ]);
  });
});

test('places are those of the file', () => {
  const [one, two] = serversOf(read('.mcp.json', WHOLE));
  expect(one?.source).toEqual({ file: '.mcp.json', line: 3, column: 5, pointer: '/mcpServers/one' });
  expect(one?.attributes['package']).toMatchObject({ line: 3, column: 47 });
  expect(two?.attributes['url']).toMatchObject({ line: 4, column: 37, value: 'https://two.example.com/mcp' });
  const bare = serversOf(read('.mcp.json', WHOLE.trim().slice(1, -1)));
  expect(bare[0]?.source).toMatchObject({ line: 3, column: 5 });
});

/** A command line, the package it fetches and how that is pinned; null where it fetches none. */
const LAUNCHES: readonly (readonly [string, readonly [string, string | null, string?] | null])[] = [
  ['npx -y a@1.2.3', ['a', 'exact', '1.2.3']],
  ['npx -y @s/a@1.2.3-beta.1', ['@s/a', 'exact', '1.2.3-beta.1']],
  ['npx -y @s/a', ['@s/a', 'none']],
  ['npx a@next', ['a', 'tag']],
  ['npx a@^1.2.0', ['a', 'range']],
  [`npx -y a@\${VERSION}`, ['a', null]],
  ['npx --yes --package=a@2.0.0 -- cmd --flag', ['a', 'exact', '2.0.0']],
  ['npx -p @s/a@2.0.0 cmd', ['@s/a', 'exact', '2.0.0']],
  ['npx --registry https://r.example a', ['a', 'none']],
  ['npx -y github:owner/repo', ['github:owner/repo', 'none']],
  ['npx -y owner/repo#main', ['owner/repo', 'branch']],
  [`npx -y github:owner/repo#${'a1'.repeat(20)}`, ['github:owner/repo', 'exact', 'a1'.repeat(20)]],
  ['npx ./server', null],
  ['npm exec -- a@1.0.0', ['a', 'exact', '1.0.0']],
  ['npm run start', null],
  ['pnpm dlx a@1.0.0', ['a', 'exact', '1.0.0']],
  ['pnpm --silent dlx a', ['a', 'none']],
  ['pnpm start', null],
  ['yarn dlx -q a', ['a', 'none']],
  ['bun x a@latest', ['a', 'latest']],
  ['bun run server.ts', null],
  ['bunx --bun a', ['a', 'none']],
  ['deno run -A npm:@s/a@1.0.0/cli', ['@s/a', 'exact', '1.0.0']],
  ['deno run --allow-net jsr:@s/a', ['@s/a', 'none']],
  ['deno run server.ts', null],
  ['uvx a', ['a', 'none']],
  ['uvx a@1.2', ['a', 'exact', '1.2']],
  ['uvx "a[cli]==1.2.3"', ['a', 'exact', '1.2.3']],
  ['uvx "a>=1.2"', ['a', 'range']],
  ['uvx --python 3.12 --from a==1.0 cmd', ['a', 'exact', '1.0']],
  ['uvx --with b --from git+https://github.com/o/r cmd', ['git+https://github.com/o/r', 'none']],
  ['uvx --from git+https://github.com/o/r@main cmd', ['git+https://github.com/o/r', 'branch']],
  ['uvx --from git+https://github.com/o/r@v1.0 cmd', ['git+https://github.com/o/r', 'tag']],
  [
    `uvx --from git+https://github.com/o/r@${'b2'.repeat(20)} c`,
    ['git+https://github.com/o/r', 'exact', 'b2'.repeat(20)],
  ],
  ['uvx --from git+https://github.com/o/r#subdirectory=s c', ['git+https://github.com/o/r', 'none']],
  ['uvx --from . cmd', null],
  ['uv tool run a@latest', ['a', 'latest']],
  ['uv run --with mcp mcp run server.py', null],
  ['uv --directory /srv/a run a', null],
  ['pipx run a==1.0', ['a', 'exact', '1.0']],
  ['pipx run --spec git+https://github.com/o/r.git@main a', ['git+https://github.com/o/r.git', 'branch']],
  ['docker run -i --rm a/b', ['a/b', 'none']],
  ['docker run --rm -it -e KEY -v /a:/b a/b:latest --flag', ['a/b', 'latest']],
  ['docker run -i --network=host --name x r.example:5000/a/b:1.2', ['r.example:5000/a/b', 'tag', '1.2']],
  [`docker run a@sha256:${'0f'.repeat(32)}`, ['a', 'exact', `sha256:${'0f'.repeat(32)}`]],
  ['podman run --rm a:1', ['a', 'tag', '1']],
  ['docker exec -i box node server.js', null],
  ['docker mcp gateway run', null],
  ['go run github.com/o/r@v1.2.3', ['github.com/o/r', 'exact', '1.2.3']],
  ['go run ./cmd/server', null],
  ['dnx A.B@1.0.0 --yes', ['A.B', 'exact', '1.0.0']],
  ['cmd /c npx -y a@1.0.0', ['a', 'exact', '1.0.0']],
  ['cmd.exe /C "npx" a', ['a', 'none']],
  ['sh -c "cd /srv && npx -y a@1.0.0"', ['a', 'exact', '1.0.0']],
  ["bash -lc 'set -a; . ./.env; exec uvx a@latest'", ['a', 'latest']],
  ['env A=b npx a', ['a', 'none']],
  ['wsl -d Ubuntu npx a', ['a', 'none']],
  ['mise exec node@22 -- npx a', ['a', 'none']],
  ['op run -- uvx a', ['a', 'none']],
  ['/usr/local/bin/npx a', ['a', 'none']],
  ['C:\\\\nodejs\\\\npx.cmd a', ['a', 'none']],
  ['node dist/index.js', null],
  ['python -m server', null],
];

test('what a command line fetches', () => {
  for (const [line, expected] of LAUNCHES) {
    const quoted = JSON.stringify(line.replaceAll('\\\\', '\\'));
    const split = line
      .match(/"[^"]*"|'[^']*'|\S+/g)!
      .map((word) => word.replaceAll('\\\\', '\\').replace(/^["'](.*)["']$/, '$1'));
    const [command, ...args] = split;
    const wanted = expected && {
      package: expected[0],
      pin: expected[1],
      ...(expected[2] && { version: expected[2] }),
    };
    for (const entry of [`{ "command": ${quoted} }`, JSON.stringify({ command, args })]) {
      const { s } = tabled(read('.mcp.json', `{ "mcpServers": { "s": ${entry} } }`));
      const got =
        s && 'package' in s
          ? { package: s.package, pin: s.pin, ...(s.version && { version: s.version }) }
          : null;
      expect([line, got]).toEqual([line, wanted]);
    }
  }
});

/** Part of an entry, and whether a credential stands in it. */
const SECRETS: readonly (readonly [string, boolean])[] = [
  [`"env": { "X": "${KEY}" }`, true],
  ['"env": { "ACME_API_KEY": "d41d8cd98f00b204e980" }', true],
  ['"env": { "DB_PASSWORD": "hunter2" }', true],
  [`"env": { "ACME_TOKEN": "\${ACME_TOKEN:-d41d8cd98f00b204e980}" }`, true],
  [`"env": { "ACME_TOKEN": "\${ACME_TOKEN:-}" }`, false],
  ['"env": { "ACME_ACCESS_TOKEN": "acm_d41d8cd98f00b204e980" }', true],
  ['"args": ["https://mcp.example/s/Aa0Bb1Cc2Dd3Ee4Ff5Gg6Hh7Ii8Jj9Kk0/sse"]', true],
  ['"env": ["ACME_TOKEN=d41d8cd98f00b204e980"]', true],
  [`"env": { "ACME_API_KEY": "\${ACME_API_KEY}" }`, false],
  ['"env": { "ACME_API_KEY": "$ACME_API_KEY" }', false],
  [`"env": { "ACME_API_KEY": "\${input:key}" }`, false],
  ['"env": { "ACME_API_KEY": "{env:ACME}" }', false],
  ['"env": { "ACME_API_KEY": "op://vault/item/field" }', false],
  ['"env": { "ACME_API_KEY": "your-api-key-here" }', false],
  ['"env": { "ACME_API_KEY": "<key from the console>" }', false],
  ['"env": { "ACME_API_KEY": "sk-your-api-key" }', false],
  ['"env": { "ACME_API_KEY": "ACME_API_KEY" }', false],
  ['"env": { "ACME_API_KEY": "" }', false],
  ['"env": { "TOKEN_FILE": "/run/secrets/token1" }', false],
  ['"env": { "MAX_TOKENS": "4096000000" }', false],
  ['"env": { "NEXT_PUBLIC_ANON_KEY": "d41d8cd98f00b204e980" }', false],
  ['"env": { "LOG_LEVEL": "debug1234567890abc" }', false],
  ['"args": ["--api-key", "d41d8cd98f00b204e980"]', true],
  ['"args": ["--api-key=d41d8cd98f00b204e980"]', true],
  ['"args": ["-e", "ACME_TOKEN=d41d8cd98f00b204e980"]', true],
  ['"args": ["--header", "Authorization: Bearer d41d8cd98f00b204e980"]', true],
  [`"args": ["--header", "Authorization: Bearer \${TOKEN}"]`, false],
  ['"args": ["postgresql://app:pa55w0rd@db.example/app"]', true],
  [`"args": ["postgresql://app:\${PASSWORD}@db.example/app"]`, false],
  ['"args": ["https://mcp.example/sse?api_key=d41d8cd98f00b204e980"]', true],
  [`"args": ["--token", "\${env:T}", "--verbose"]`, false],
];

test('a credential that stands in the file is told from one that is only named', () => {
  for (const [part, secret] of SECRETS) {
    const reading = read('.mcp.json', `{ "mcpServers": {\n "s": { "command": "x", ${part} } } }`);
    expect([part, tabled(reading)['s']?.secret ?? false]).toEqual([part, secret]);
    const facts = reading!.facts.filter(({ kind }) => kind === 'secret');
    expect([part, facts.map(({ source }) => source.line)]).toEqual([part, secret ? [2] : []]);
    const said = JSON.stringify(reading);
    for (const value of [KEY, 'd41d8cd98f00b204e980', 'hunter2', 'pa55w0rd', 'Aa0Bb1Cc2'])
      expect(said).not.toContain(value);
    expect(looksSecret(said)).toBe(false);
  }
});

test('the verb of a tool tells what it does, or nothing does', () => {
  const does = (effect: string | null, names: string) =>
    expect(names.split(' ').map((name) => [name, effectOf(name)])).toEqual(
      names.split(' ').map((name) => [name, effect]),
    );
  does(
    'reads',
    'get_file_contents listIssues search-code get_commit read_post browser_take_screenshot issue_read',
  );
  does(
    'changes',
    'create_issue push_files set-env-vars add-dns-record execute_sql deletePage search_and_replace',
  );
  does('changes', 'workflow_execute posts:create issue_write browser_click');
  does(null, 'notes memory sequential convert_time');
});

test('what belongs to one machine', () => {
  const isOf = (entry: string) =>
    tabled(read('.mcp.json', `{ "mcpServers": { "s": ${entry} } }`))['s']?.machine ?? false;
  const yes = [
    '{ "command": "/Users/ann/bin/s" }',
    '{ "command": "C:\\\\tools\\\\s.exe" }',
    '{ "command": "node", "args": ["/home/ann/s.js"] }',
    '{ "command": "npx", "args": ["s", "--log=/home/ann/s.log"] }',
    '{ "command": "docker", "args": ["run", "-v", "/Users/ann/x:/data", "s"] }',
    '{ "command": "s", "env": { "PYTHONPATH": "/home/ann/lib" } }',
    '{ "command": "s", "cwd": "/srv/s" }',
    '{ "command": "sh", "args": ["-c", "/opt/s/run"] }',
  ];
  const no = [
    '{ "command": "/usr/bin/s" }',
    '{ "command": "/bin/sh", "args": ["-c", "./run"] }',
    '{ "command": "docker", "args": ["run", "s", "/data/x"] }',
    '{ "command": "npx", "args": ["s", "--path=/sse"] }',
    '{ "command": "cmd", "args": ["/c", "npx", "s"] }',
    `{ "command": "node", "args": ["./s.js", "\${HOME}/x"] }`,
    '{ "command": "s", "args": ["https://s.example/home/x"] }',
  ];
  expect(yes.filter((entry) => !isOf(entry))).toEqual([]);
  expect(no.filter(isOf)).toEqual([]);
});

test('other files of these names are none', () => {
  expect(read('mcp.json', '{ "nodes": [], "connections": {} }')).toBeNull();
  expect(read('.vscode/settings.json', '{ "editor.tabSize": 2 }')).toBeNull();
  expect(read('.zed/settings.json', '{ "lsp": { "x": { "command": "y" } } }')).toBeNull();
  expect(read('.mcp.json', '')?.facts ?? []).toEqual([]);
});
