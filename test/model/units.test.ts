import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import schema from '../../schemas/maestro-1.schema.json' with { type: 'json' };
import { loadText } from '../../src/model/load.ts';
import { measure } from '../../src/model/units.ts';

test.each([
  ['duration', '90d', 7_776_000],
  ['duration', '15m', 900],
  ['duration', '1.5h', 5400],
  ['duration', '500ms', 0.5],
  ['duration', '2w', 1_209_600],
  ['duration', '1y', 31_536_000],
  ['duration', 'forever', Number.POSITIVE_INFINITY],
  ['duration', 'session', 0],
  ['rate', '60/min', 1],
  ['rate', '5/s', 5],
  ['rate', '86400/day', 1],
  ['money', '1000 USD', 1000],
  ['money', '0.5 ETH', 0.5],
  ['money', '250', 250],
  ['date', '1970-01-02', 86_400],
  ['date', '2026-10-01', 1_790_812_800],
  ['number', '100', 100],
  ['number', 'many', 0],
] as const)('%s %s is %d', (unit, text, value) => expect(measure(unit, text)).toBeCloseTo(value, 9));

describe('what the schema takes, the program understands', () => {
  const amount = fc.oneof(
    fc.nat({ max: 1_000_000 }).map(String),
    fc.tuple(fc.nat(9999), fc.nat(99)).map(([a, b]) => `${a}.${b}`),
  );
  const positive = amount.filter((text) => Number(text) > 0);
  const cases = {
    duration: [
      'review_every',
      fc.tuple(positive, fc.constantFrom('ms', 's', 'm', 'h', 'd', 'w', 'y')).map((p) => p.join('')),
    ],
    rate: [
      'rate',
      fc.tuple(positive, fc.constantFrom('s', 'min', 'h', 'day', 'week', 'month')).map((p) => p.join('/')),
    ],
    money: [
      'per_day',
      fc.tuple(positive, fc.constantFrom('', ' USD', ' EUR', ' ETH', ' USDC')).map((p) => p.join('')),
    ],
  } as const;

  test.each(['duration', 'rate', 'money'] as const)('%s', (unit) => {
    const [key, texts] = cases[unit];
    fc.assert(
      fc.property(texts, (text) => {
        const file =
          unit === 'duration'
            ? `maestro: 1\nsystem: { name: a, ${key}: ${text} }\n`
            : `maestro: 1\nsystem: { name: a }\ntools: { t: { limits: { ${key}: ${text} } } }\n`;
        expect(loadText('maestro.yaml', file).is, text).toBe('system');
        expect(measure(unit, text)).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  test('the examples of every unit', () => {
    for (const unit of ['duration', 'rate', 'money', 'date', 'number'] as const) {
      const { examples } = schema.definitions[unit];
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples)
        expect(measure(unit, String(example)), String(example)).toBeGreaterThan(0);
    }
  });
});
