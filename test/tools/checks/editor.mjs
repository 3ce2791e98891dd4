import { checks as addresses } from '../editor/addresses.mjs';
import { checks as clean } from '../editor/clean.mjs';
import { checks as description } from '../editor/description.mjs';
import { checks as others } from '../editor/others.mjs';

/** What the real `yaml-language-server` makes of our schemas, in the hands of who writes a file. */
export const checks = [...description, ...others, ...clean, ...addresses];
