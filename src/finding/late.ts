/** What `make` gives, made when it is first asked for: most of what a report could say, no report of a run says. */
export function late<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
