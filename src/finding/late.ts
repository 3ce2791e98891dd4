const NOT_YET = Symbol('not yet');

/** What `make` gives, made when it is first asked for and once: most of what could be asked for never is. */
export function late<T>(make: () => T): () => T {
  let made: T | typeof NOT_YET = NOT_YET;
  return () => {
    if (made === NOT_YET) made = make();
    return made;
  };
}
