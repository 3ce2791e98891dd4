import fc from 'fast-check';

/** A few characters taken out somewhere, and others put in their place. */
export interface Edit {
  readonly at: number;
  readonly drop: number;
  readonly put: string;
}

/** Any such edit, of texts of any length. */
export const editWith = (put: fc.Arbitrary<string>): fc.Arbitrary<Edit> =>
  fc.record({ at: fc.nat(), drop: fc.nat({ max: 6 }), put });

export const edited = (text: string, edits: readonly Edit[]): string =>
  edits.reduce((before, { at, drop, put }) => {
    const i = at % (before.length + 1);
    return before.slice(0, i) + put + before.slice(i + drop);
  }, text);
