/** An expression ready to run: values by the names it may use → its value. */
export type Expression = (names: Readonly<Record<string, unknown>>) => unknown;

/** A control as rules/controls.yaml describes it. */
export interface Control {
  readonly name: string;
  readonly layer: string;
  /** Kinds it may stand on; `edge` for any reference or flow, `system` for the top-level controls. */
  readonly for: readonly string[];
  readonly means: string;
  readonly answers: readonly string[];
  /** Kinds of step of an attack path that it closes; left out, wherever it may stand. */
  readonly closes?: readonly string[];
  /** What to write instead. */
  readonly deprecated?: string;
  /** By kind: the fact that already says it. */
  readonly impliedBy: Readonly<Record<string, Expression>>;
  /** By kind: the fact that says the opposite. */
  readonly contradictedBy: Readonly<Record<string, Expression>>;
}

export type Vocabulary = ReadonlyMap<string, Control>;
