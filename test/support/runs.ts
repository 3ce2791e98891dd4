/** How many random cases a test tries: all of them in `npm run test:real`, a quarter in `npm test`, which has to end soon. */
export const runs = (all: number): number => (process.env['REAL'] ? all : Math.ceil(all / 4));
