/** Where an artifact says something. Line and column start at 1; `pointer` is what `source:` of a description holds behind `#`. */
export interface FactSource {
  /** From the root of the repository, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `/mcpServers/github` in JSON, YAML and TOML; the name of the variable or function in code. Empty for the whole file. */
  readonly pointer: string;
}

/** What kind of thing an artifact shows. All but `action`, `policy`, `workflow` and `secret` become components. */
export type FactKind =
  | 'agent'
  | 'tool'
  /** A tool of an MCP server that the repository itself writes; it becomes an action of that server. */
  | 'action'
  | 'model'
  | 'store'
  | 'host'
  | 'monitor'
  | 'service'
  | 'peer'
  | 'actor'
  /** A rule that somebody set for agents: permissions, sandbox, approvals. */
  | 'policy'
  /** A workflow of CI that runs an agent. */
  | 'workflow'
  /** Something that looks like a live credential: where, never what. */
  | 'secret';

/** A value that an artifact shows, with its own place; `null` is one that is there and cannot be resolved. */
export interface FactValue {
  readonly value: string | boolean | readonly string[] | null;
  readonly line: number;
  readonly column: number;
  /** Why it is not resolved, as a clause: `comes from settings.model at run time`. Absent when it is. */
  readonly unresolved?: string;
  /** Environment variable it comes from, when it does; who joins facts looks for what the deployment sets it to. */
  readonly env?: string;
  /** Where it is written when that is another file than the fact's own. */
  readonly file?: string;
}

/** A reference to another fact by what the artifact calls it; who joins facts finds out which one is meant. */
export interface FactLink {
  /** Key of the language that it becomes: tools, models, reads, writes, memory, delegates_to, runs_on, observes, covers; `offered_by` of an action. */
  readonly as: string;
  readonly to: string;
  readonly toKind: FactKind;
  readonly line: number;
  readonly column: number;
  /** Where it is written when that is another file than the fact's own. */
  readonly file?: string;
  /** `to` is what the artifact shows in place of a name, and nothing there says which thing it is; why, as a clause. */
  readonly unresolved?: string;
  /** The fact that it means, where code leads there: file and pointer of that fact's source. */
  readonly definition?: { readonly file: string; readonly pointer: string };
  /** What the edge says about itself: actions, approval, protocol. */
  readonly attributes?: Readonly<Record<string, FactValue>>;
}

export type Plane = 'development' | 'runtime';
/** `declared`: the artifact says just this; `parsed`: follows from code or text by rules; `inferred`: a convention. */
export type Confidence = 'declared' | 'parsed' | 'inferred';

/** One thing that an artifact of a repository shows. */
export interface Fact {
  readonly kind: FactKind;
  /** As the artifact calls it. */
  readonly name: string;
  /** Keys of the language where there is one (`transport`, `version`, `url`, `auth`, `egress`, …), else the artifact's own. */
  readonly attributes: Readonly<Record<string, FactValue>>;
  /** Controls of the vocabulary that the artifact shows to be there or switched off, with where. */
  readonly controls: Readonly<Record<string, FactValue>>;
  readonly links: readonly FactLink[];
  readonly source: FactSource;
  readonly plane: Plane;
  readonly confidence: Confidence;
  /** Variables that a deployment sets for what it runs: code that reads them is joined with these. Secrets have no value. */
  readonly environment?: Readonly<Record<string, FactValue>>;
  /** The file that this one adds to, as a compose override does: facts of both with one name and kind are one thing. */
  readonly overrides?: string;
  /**
   * Key of a configuration file that holds the rest of it: `researcher` where code says
   * `Agent(config=self.agents_config['researcher'])`.
   */
  readonly configKey?: string;
  /** Name of the reader, such as `mcp-config`. */
  readonly reader: string;
}

/** What a reader could not make sense of; the rest of the file is read all the same. */
export interface Unread {
  readonly file: string;
  readonly line: number;
  /** As a clause: `this server has neither a command nor an address`. */
  readonly why: string;
  /** What code is written with that no reader knows; the file only says so. */
  readonly library?: string;
}

/** Everything one file shows. */
export interface Reading {
  readonly facts: readonly Fact[];
  readonly unread: readonly Unread[];
}

/** The text of a file of the repository by its path from the root; null when it is not there or not readable. */
export type Other = (path: string) => string | null;

/** One kind of artifact. Pure: it gets texts, and gives facts. It throws for no input whatever. */
export interface Reader {
  readonly name: string;
  /** Whether a path may be one: a cheap look at the name, before anything is read. */
  readonly wants: (path: string) => boolean;
  /** Gives null when the content is none of its kind after all. */
  readonly read: (path: string, text: string, other: Other) => Reading | null;
}
