/** What is wrong with an expression, and where in its text. */
export class ExpressionError extends Error {
  override name = 'ExpressionError';
  readonly code: string;
  readonly start: number;
  readonly end: number;

  constructor(code: string, message: string, start: number, end: number) {
    super(message);
    this.code = code;
    this.start = start;
    this.end = end;
  }
}
