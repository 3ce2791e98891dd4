import { controlsPage } from './docs-controls.mjs';
import { diagram } from './docs-diagram.mjs';
import { checkExamples } from './docs-examples.mjs';
import { picture } from './docs-picture.mjs';
import { catalogue, program } from './docs-program.mjs';
import { referencePage } from './docs-reference.mjs';
import { rowsPage } from './docs-rows.mjs';
import { rulePages } from './docs-rules.mjs';
import { threatPages } from './docs-threats.mjs';

/** Path and content of every generated page of the documentation. Needs what scripts/generate.mjs makes. */
export async function docPages() {
  const readers = await program();
  const all = catalogue(readers);
  checkExamples(readers, all);
  return [
    ...rulePages(readers, all),
    ...controlsPage(readers, all),
    ...referencePage(readers),
    ...threatPages(all),
    ...rowsPage(all),
    ...(await picture(readers)),
    ...(await diagram(readers)),
  ];
}
