import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
// @ts-expect-error A script of the build, which has no types.
import { eager } from '../scripts/build/eager.mjs';

const run = (code: string): unknown => runInNewContext(code);

describe('eager', () => {
  it('puts every function in parentheses and leaves the program what it is', () => {
    const code = `"use strict";
      var early = later(2);
      function later(n) { return n <= 1 ? n : n * later(n - 1); }
      async function sleeper() {} function* counter() { yield 1; }
      const curried = a => b => a + b, old = function named(n) { return named.name + n; };
      class Box { constructor(n) { this.n = n; } get twice() { return this.n * 2; } static of(n) { return new Box(n); } }
      const made = { get one() { return 1; }, two() { return 2; }, three: () => 3 };
      later.extra = [...counter()];
      (() => { made.four = 4; })();
      [early, later.name, later.extra, curried(1)(2), old(1), Box.of(3).twice, made.one, made.two(), made.three(), made.four,
        typeof sleeper, curried.name, this === undefined].join();`;
    expect(run(eager(code))).toBe(run(code));
    expect(eager(code).match(/\((?:async )?(?:function|\w+ ?=>|\(\) ?=>)/g)).toHaveLength(8);
    expect(eager(code)).toMatch(/^"use strict";/);
  });

  it('leaves a program without functions alone', () => {
    expect(eager('"use strict";\nvar a = 1;\n')).toBe('"use strict";\nvar a = 1;\n');
  });
});
