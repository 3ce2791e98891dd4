import { isModel } from '../../../build/is-model.js';
import { buildSystem } from '../../model/build.ts';
import type { System } from '../../model/system.ts';
import { type Data, isDataMap } from '../../model/yaml.ts';
import { edited, inOrder } from './apply.ts';
import type { Mutant } from './mutant.ts';

/** The system with these mutants, or null where the language refuses the file: nobody could have written that. */
export function mutated(system: System, mutants: readonly Mutant[]): System | null {
  const edits = inOrder(mutants.flatMap((mutant) => mutant.edits));
  const files = system.files.map((file) => {
    const own = edits.filter(({ origin }) => origin === file);
    if (own.length === 0) return file;
    return { ...file, data: own.reduce((data, { path, value }) => edited(data, path, value), file.data) };
  });
  if (!files.every((file) => isAllowed(file.data, file.source.file === system.file))) return null;
  const built = buildSystem(files);
  return built.problems.length > 0 ? null : { ...built.system, waivers: system.waivers };
}

/** Included files leave the version and the system to the first. */
const isAllowed = (data: Data, isFirst: boolean): boolean =>
  isModel(isFirst || !isDataMap(data) ? data : { maestro: '1', system: { name: 'any' }, ...data });
