import { type Data, isDataMap } from '../../model/yaml-data.ts';
import type { JoinedValue } from '../join.ts';
import { opennessOf } from '../openness.ts';
import type { Difference } from './difference.ts';
import type { Pair } from './match.ts';
import { claimed } from './parts.ts';

/** Keys that hold one text, which a file of the repository decides. */
const TEXTS = ['version', 'image', 'url', 'provider', 'transport'];

/** A port without an address is open on every one of the machine. */
const PUBLISHED =
  'Publish the port on an address of your network or on 127.0.0.1, or write down that anyone can reach it';

/** What a description says about a component and a file of the repository says otherwise. What either leaves open is none. */
export function valueDifferences(pair: Pair): Difference[] {
  const { shown, declared } = pair;
  const { raw } = declared.part;
  const own = (key: string): Data | undefined => (Object.hasOwn(raw, key) ? raw[key] : undefined);
  const found: Difference[] = [];
  for (const key of TEXTS) {
    const [said, value] = [own(key), shown.attributes[key]];
    if (
      typeof said === 'string' &&
      value &&
      typeof value.value === 'string' &&
      isOther(key, said, value.value)
    )
      found.push(
        difference(
          pair,
          'drift-value',
          key,
          value,
          `${key} is ${value.value} in the repository and ${said} in the description`,
          { [key]: value.value },
        ),
      );
  }
  const exposure = shown.attributes['exposure'];
  if (exposure && isWider('exposure', own('exposure'), exposure))
    found.push(
      difference(
        pair,
        'drift-contradiction',
        'exposure',
        exposure,
        `is ${exposure.value} in the repository and ${own('exposure')} in the description: more people can reach it than anybody judged`,
        { exposure: String(exposure.value) },
        shown.attributes['ports'] ? PUBLISHED : undefined,
      ),
    );
  else if (
    exposure?.value === 'public' &&
    own('exposure') === undefined &&
    ['none', 'allow-list'].includes(String(own('egress')))
  )
    found.push(
      difference(
        pair,
        'drift-contradiction',
        'egress',
        exposure,
        `has a published port, and the description closes its network (egress: ${own('egress')})`,
        { exposure: 'public' },
      ),
    );
  const egress = shown.attributes['egress'];
  if (egress && isWider('egress', own('egress'), egress))
    found.push(
      difference(
        pair,
        'drift-contradiction',
        'egress',
        egress,
        `may send to more places in the repository (egress: ${egress.value}) than the description says (${own('egress')})`,
        { egress: String(egress.value) },
      ),
    );
  const auth = shown.attributes['auth'];
  const method = methodOf(own('auth'));
  if (auth?.value === 'none' && method !== null && method !== 'none')
    found.push(
      difference(
        pair,
        'drift-contradiction',
        'auth',
        auth,
        `lets anybody in, and the description says ${method}`,
        { auth: 'none' },
      ),
    );
  const privileges = shown.attributes['privileges'];
  const allowed = own('privileges');
  if (Array.isArray(allowed) && privileges && Array.isArray(privileges.value)) {
    const more = (privileges.value as readonly string[]).filter((word) => !allowed.includes(word));
    if (more.length > 0)
      found.push(
        difference(
          pair,
          'drift-contradiction',
          'privileges',
          privileges,
          `has more rights over its machine than the description says: ${more.join(', ')}`,
          { privileges: [...allowed, ...more] },
        ),
      );
  }
  for (const [name, value] of Object.entries(shown.controls))
    if (
      value.value === false &&
      claimed(raw, name) === 'in-force' &&
      !(name === 'human_approval' && shown.kind === 'tool')
    )
      found.push(
        difference(
          pair,
          'drift-contradiction',
          `controls.${name}`,
          value,
          `has ${name} switched off in the repository, and the description counts on it`,
          { controls: { [name]: false } },
        ),
      );
  return found;
}

function difference(
  { declared: { part, system } }: Pair,
  rule: string,
  key: string,
  place: JoinedValue,
  what: string,
  edit: Difference['fix']['edit'],
  say?: string,
): Difference {
  const { origin, path } = part;
  return {
    rule,
    system,
    subject: [part.id],
    detail: key,
    message: rule === 'drift-value' ? `${part.id}: ${what}` : `${part.id} ${what}`,
    place,
    written: { origin, path: [...path, ...key.split('.')] },
    says: 'what the description says',
    fix: { edit, at: { origin, path }, ...(say === undefined ? {} : { say }) },
  };
}

const methodOf = (auth: Data | undefined): string | null => {
  const method = isDataMap(auth) ? auth['method'] : auth;
  return typeof method === 'string' ? method : null;
};

function isWider(key: string, said: Data | undefined, { value }: JoinedValue): boolean {
  const [written, shown] = [opennessOf(key, said), opennessOf(key, value)];
  return typeof said === 'string' && written !== null && shown !== null && shown > written;
}

/** `v1.2` and `==1.2` are 1.2. What holds a variable is decided elsewhere. */
function isOther(key: string, said: string, shown: string): boolean {
  if (/[${}<>*]/.test(said + shown)) return false;
  const plain = (text: string): string => {
    const bare = text.trim().toLowerCase();
    return key === 'version' ? bare.replace(/^(?:=+|v(?=\d))/, '') : bare.replace(/\/+$/, '');
  };
  return plain(said) !== plain(shown);
}
