import { buildSystem } from '../model/build.ts';
import type { System } from '../model/system.ts';
import type { DataMap } from '../model/yaml.ts';
import { applyEdit } from './apply.ts';
import type { Anchor } from './hit.ts';

export interface Edit {
  readonly at: Anchor;
  readonly edit: DataMap;
}

/** The system as it would be with these edits; null when that is no longer a description. Nothing given is changed. */
export function withEdits(system: System, edits: readonly Edit[]): System | null {
  const files = system.files.map((file) => {
    const own = edits.filter(({ at }) => at.origin === file);
    const data = own.reduce((edited, { at, edit }) => applyEdit(edited, at.path, edit), file.data);
    return own.length === 0 ? file : { ...file, data, verbatim: false };
  });
  const built = buildSystem(files);
  return built.problems.length > 0 ? null : built.system;
}

/** The same with one edit. */
export const withEdit = (system: System, at: Anchor, edit: DataMap): System | null =>
  withEdits(system, [{ at, edit }]);
