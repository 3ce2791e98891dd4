import type { Problem } from '../finding/finding.ts';
import type { Path, YamlFile } from '../model/yaml.ts';

/** A problem of a rule file, at the value of one of its keys or at the key itself. */
export function place(
  file: YamlFile,
  path: Path,
  code: string,
  message: string,
  suggestion?: string,
  part: 'key' | 'value' = 'value',
): Problem {
  const { start, end } = file.find(path, part);
  return {
    code,
    message,
    file: file.source.file,
    ...file.source.place(start, Math.max(start + 1, end)),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}
