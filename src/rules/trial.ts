import { buildSystem } from '../model/build.ts';
import type { System } from '../model/system.ts';
import type { DataMap } from '../model/yaml.ts';
import { applyEdit } from './apply.ts';
import type { Anchor } from './hit.ts';

/** The system as it would be with one edit; null when that is no longer a description. Nothing given is changed. */
export function withEdit(system: System, { origin, path }: Anchor, edit: DataMap): System | null {
  const files = system.files.map((file) =>
    file === origin ? { ...file, data: applyEdit(file.data, path, edit) } : file,
  );
  const built = buildSystem(files);
  return built.problems.length > 0 ? null : built.system;
}
