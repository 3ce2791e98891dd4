/** A mistake of whoever calls the program: exit 2, no stack. */
export class UserError extends Error {
  override name = 'UserError';
  readonly suggestion: string | undefined;

  constructor(message: string, suggestion?: string) {
    super(message);
    this.suggestion = suggestion;
  }
}
