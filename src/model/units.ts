import type { Unit } from './language.ts';

const SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  sec: 1,
  m: 60,
  min: 60,
  h: 3600,
  hour: 3600,
  d: 86_400,
  day: 86_400,
  w: 604_800,
  week: 604_800,
  month: 2_592_000,
  y: 31_536_000,
  year: 31_536_000,
};

/**
 * The number a rule sees for a value with a unit: durations in seconds, rates per second, money without its
 * currency, dates in seconds since 1970 UTC, `forever` is infinite. The schema has checked the form; text it does not know gives 0.
 */
export function measure(unit: Unit, text: string): number {
  if (unit === 'date') return Date.parse(`${text}T00:00:00Z`) / 1000 || 0;
  if (text === 'forever') return Number.POSITIVE_INFINITY;
  const match = /^([\d.,_]+)\s*(?:\/\s*)?([A-Za-z]*)/.exec(text.trim());
  if (!match) return 0;
  const amount = Number(match[1]!.replaceAll(/[,_]/g, ''));
  if (!Number.isFinite(amount)) return 0;
  if (unit === 'duration') return amount * (SECONDS[match[2]!] ?? 0);
  if (unit === 'rate') return amount / (SECONDS[match[2]!] ?? 1);
  return amount;
}
