/** What is wrong with an expression, and where in its text. */
export class ExpressionError extends Error {
  override name = 'ExpressionError';
  readonly code: string;
  readonly start: number;
  readonly end: number;
  /** Type of what a field was asked of, where one was asked for that it does not have. */
  readonly receiver: string | null;

  constructor(code: string, message: string, start: number, end: number, receiver: string | null = null) {
    super(message);
    this.code = code;
    this.start = start;
    this.end = end;
    this.receiver = receiver;
  }
}
