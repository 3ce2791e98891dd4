import { type Assertion, assertionsOf } from '../model/assertions.ts';
import type { System } from '../model/system.ts';
import { type Stated, statedRules } from '../rules/assert.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';

export { missedBy } from './assert-aim.ts';

/** What a system asserts in its own files, and what `maestro.assert.yaml` asserts of it. */
export function assertionRules(system: System, beside: readonly Assertion[], vocabulary: Vocabulary): Stated {
  const meant = beside.filter((each) => each.system === null || each.system === system.name);
  const advice = (each: Assertion) =>
    meant.includes(each) && each.system === null
      ? 'Say which system the assertion is for: `system: name`'
      : null;
  return statedRules([...system.files.flatMap(assertionsOf), ...meant], system, vocabulary, advice);
}
