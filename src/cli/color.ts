/** How much colour to use: `NO_COLOR` beats `FORCE_COLOR`, which beats what the stream is (no-color.org). */
export function colorLevel(env: Readonly<Record<string, string | undefined>>, isTTY: boolean): 0 | 1 | 2 | 3 {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return 0;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined)
    return forced === '0' || forced === 'false' ? 0 : forced === '2' ? 2 : forced === '3' ? 3 : 1;
  return isTTY && env['TERM'] !== 'dumb' ? 1 : 0;
}
