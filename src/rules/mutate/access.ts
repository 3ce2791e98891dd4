import { textOf as text } from '../../model/system.ts';
import { type Data, type DataMap, isDataMap } from '../../model/yaml.ts';
import { type Holder, map } from './holders.ts';
import { change, type Draft, shown } from './mutant.ts';
import type { Operator } from './operator.ts';

/** How callers prove who they are: `auth` in its long form. */
const authOf = ({ raw }: Holder): DataMap => {
  const { auth } = raw;
  return typeof auth === 'string' ? { method: auth } : map(auth);
};

export const AUTH_REMOVED: Operator = {
  id: 'auth-removed',
  does: 'has nobody asked who they are (`auth: none`) where callers had to prove it',
  make: ({ holders }) =>
    holders
      .filter((holder) => !['', 'none'].includes(text(authOf(holder), 'method')))
      .map((holder) =>
        change(holder, ['auth'], 'none', `auth: ${text(authOf(holder), 'method')} became none`),
      ),
};

/** One draft for each holder whose `auth` or `identity` says something of `key` that `value` weakens. */
const weakened = (
  holders: readonly Holder[],
  section: 'auth' | 'identity',
  key: string,
  isStrong: (written: Data) => boolean,
  value: Data | undefined,
): Draft[] =>
  holders.flatMap((holder) => {
    const written = map(holder.raw[section])[key];
    if (written === undefined || !isStrong(written)) return [];
    const became = value === undefined ? 'removed' : `became ${shown(value)}`;
    return [change(holder, [section, key], value, `${section}.${key}: ${shown(written)} ${became}`)];
  });

export const TOKEN_FORWARDED: Operator = {
  id: 'token-forwarded',
  does: 'passes on the token as received where it was issued or swapped for the target',
  make: ({ holders }) => weakened(holders, 'auth', 'token', (token) => token !== 'forwarded', 'forwarded'),
};

const SAFE: readonly Data[] = ['vault', 'hsm'];

export const SECRET_IN_CODE: Operator = {
  id: 'secret-in-code',
  does: 'keeps a secret in code where a vault or a hardware module held it',
  make: ({ holders }) => [
    ...weakened(holders, 'auth', 'secret_in', (kept) => SAFE.includes(kept), 'code'),
    ...weakened(holders, 'identity', 'secret_in', (kept) => SAFE.includes(kept), 'code'),
  ],
};

export const IDENTITY_SHARED: Operator = {
  id: 'identity-shared',
  does: 'gives an agent the account of another one',
  make: ({ holders }) => {
    const agents = holders.filter(({ kind, raw }) => kind === 'agent' && principal(raw) !== '');
    return agents.flatMap((holder) => {
      const other = agents.find(({ raw }) => principal(raw) !== principal(holder.raw));
      if (other === undefined) return [];
      const says = `identity.principal became that of ${other.on.join()}`;
      return [change(holder, ['identity', 'principal'], principal(other.raw), says)];
    });
  },
};

const principal = (raw: DataMap): string => text(map(raw['identity']), 'principal');

export const IDENTITY_REMOVED: Operator = {
  id: 'identity-removed',
  does: 'leaves an agent without an account of its own',
  make: ({ holders }) =>
    holders
      .filter(({ kind, raw }) => kind === 'agent' && isDataMap(raw['identity']))
      .map((holder) => change(holder, ['identity'], undefined, 'identity removed')),
};
