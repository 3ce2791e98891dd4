import { readFileSync } from 'node:fs';
import { FIXTURE, githubOpenapi } from '../../../scripts/github-openapi.mjs';
import { ensureSame } from '../support.mjs';

export const checks = [
  {
    name: "the fixture of GitHub's operations is what the pinned description says",
    run() {
      ensureSame('test/fixtures/github-openapi.json', readFileSync(FIXTURE, 'utf8'), githubOpenapi());
    },
  },
];
