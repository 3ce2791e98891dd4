import type { System } from '../../model/system.ts';
import type { DataMap, Path, YamlFile } from '../../model/yaml-data.ts';

/** Where an artifact says something; `file` from the root that was read. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A key of a description. */
export interface Written {
  readonly origin: YamlFile;
  readonly path: Path;
}

/** Something that a description and its repository do not agree on, before anybody asks for lines. */
export interface Difference {
  readonly rule: string;
  readonly system: System;
  readonly subject: readonly string[];
  /** Tells differences of one rule on one subject apart: keys and names, never a line or a value that changes. */
  readonly detail: string;
  readonly message: string;
  /** Null where only the description says something. */
  readonly place: Place | null;
  readonly written: Written | null;
  /** What is at `written`, as a clause. */
  readonly says: string;
  readonly fix: { readonly say?: string; readonly edit: DataMap; readonly at: Written };
  /** The value of what stands at the place may not be shown. */
  readonly hidden?: boolean;
}
