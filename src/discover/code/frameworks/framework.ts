/** What a class or function of a framework makes, and which of its arguments say what. Keys go by all their spellings. */
export interface AgentShape {
  readonly name?: readonly string[];
  /** What it is, where a variable called `agent` says nothing. */
  readonly title?: readonly string[];
  readonly model?: readonly string[];
  readonly tools?: readonly string[];
  /** Agents that it hands work to. */
  readonly delegates?: readonly string[];
  /** What an object among `delegates` says, where such an object is an agent itself. */
  readonly inline?: AgentShape;
  /** Arguments by position, where people leave the keys out. */
  readonly positional?: readonly string[];
  /** Arguments that show a control: `true` when given and not empty, else the value as it is. */
  readonly controls?: Readonly<Record<string, Control>>;
  /** Keeps what it says with the agent under this key: `agents_config` of CrewAI. */
  readonly config?: readonly string[];
  /** Runs others in order and asks no model itself. */
  readonly workflow?: boolean;
  /** A convention, not a declaration: one call of a model in code. */
  readonly inferred?: boolean;
  /** Modules in which the name means this; left out, all of the framework. */
  readonly in?: RegExp;
}

export interface Control {
  readonly name: string;
  /** How the argument shows it: by being there, by being true, or as a number. */
  readonly by: 'presence' | 'truth' | 'number';
}

export interface ToolShape {
  /** Word of the language for `kind`; `function` when left out. */
  readonly kind?: string;
  readonly name?: readonly string[];
  readonly positional?: readonly string[];
  /** It is an agent in the clothes of a tool: the argument that holds it. */
  readonly agent?: readonly string[];
  /** It wraps a function: the argument that holds it. */
  readonly wraps?: readonly string[];
  readonly transport?: string;
  /** It reaches MCP servers: the one that its arguments describe, or all that they name. */
  readonly servers?: 'one' | 'many';
  /** The argument that makes a person agree first. */
  readonly approval?: readonly string[];
  readonly in?: RegExp;
}

export interface ModelShape {
  readonly provider?: string;
  readonly model: readonly string[];
  readonly positional?: readonly string[];
  readonly in?: RegExp;
}

/** Makes something that gives out models under names. */
export interface ProviderShape {
  /** The argument that holds them; left out, the name itself says which model it is. */
  readonly models?: readonly string[];
  readonly in?: RegExp;
}

/** Runs an agent, or only a model, and says which model. */
export interface RunShape {
  readonly model: readonly string[];
  readonly agent?: readonly string[];
  readonly positional?: readonly string[];
  readonly in?: RegExp;
}

export interface StoreShape {
  readonly kind: string;
  readonly in?: RegExp;
}

export interface Framework {
  /** Value of `framework` in a description. */
  readonly name: string;
  /** Modules that are its own. */
  readonly packages: RegExp;
  readonly agents: Readonly<Record<string, AgentShape>>;
  /** Classes and functions that make a tool. */
  readonly tools: Readonly<Record<string, ToolShape>>;
  /** Decorators that make a function a tool. */
  readonly decorators?: Readonly<Record<string, ToolShape>>;
  /** Classes that people extend to write a tool. */
  readonly toolBases?: readonly string[];
  /** Every other function of these modules gives a tool that comes with the model. */
  readonly toolFactories?: RegExp;
  /** What an object says that stands as a tool under its name, without a call that makes it one. */
  readonly toolObjects?: ToolShape;
  /** Every other class of these modules in a list of tools is a tool that comes with a package. */
  readonly toolPackages?: RegExp;
  readonly models: Readonly<Record<string, ModelShape>>;
  readonly providers?: Readonly<Record<string, ProviderShape>>;
  readonly runs?: Readonly<Record<string, RunShape>>;
  readonly stores: Readonly<Record<string, StoreShape>>;
  /** Objects in a list under a key of an agent that show a control. */
  readonly guards?: Readonly<Record<string, string>>;
}
