import { expect, test } from 'vitest';
import { manifests } from '../../src/discover/manifests.ts';

const said = (path: string, text: string) =>
  manifests.read(path, text, () => null)?.unread.map(({ line, library }) => `${line} ${library}`) ?? [];

test('what programs are built on and no reader knows, with its line; not what is only there to test with', () => {
  const node = `{
  "name": "openai",
  "keywords": ["openai"],
  "dependencies": {
    "@openai/agents": "^1",
    "openai": "^5",
    "@llamaindex/workflow": "1",
    "llamaindex": "0.9"
  },
  "devDependencies": { "ollama": "1" }
}`;
  expect(said('apps/a/package.json', node)).toEqual(['6 openai', '7 LlamaIndex']);
  const project = `[project]
name = "openai"
dependencies = [
  "pydantic_ai[logfire]>=1",
  "openai-agents",
]
[project.optional-dependencies]
local = ["ollama"]
[tool.poetry.dependencies]
semantic-kernel = "^1"
`;
  expect(said('pyproject.toml', project)).toEqual(['4 Pydantic AI', '8 ollama', '10 Semantic Kernel']);
  const list = '# agno\nagno==1 # x\n-r other.txt\nanthropic\nanthropic-extras\n';
  expect(said('requirements-dev.txt', list)).toEqual(['2 Agno', '4 anthropic']);
});

test('manifests that are broken or hold nothing of it say nothing', () => {
  for (const text of ['', '{', '[', '{"dependencies": [1]}', '[project', 'dependencies = 3'])
    for (const path of ['package.json', 'pyproject.toml', 'requirements.txt'])
      expect(said(path, text)).toEqual([]);
  expect(manifests.wants('docs/requirements.md')).toBe(false);
});
