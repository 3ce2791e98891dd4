import type { Api, Remark } from './client.ts';

/** The one comment of a run on a pull request. */
export interface Sticky {
  readonly pull: number;
  /** The commit it speaks of: an outdated run keeps quiet. */
  readonly headSha: string;
  /** What nobody sees and what our comment is found by: its first line. */
  readonly marker: string;
  /** The whole comment, marker included. */
  readonly body: string;
  /** False when there is nothing to say unless a comment stands already. */
  readonly worthOne: boolean;
}

export type Stuck = 'created' | 'updated' | 'unchanged' | 'not needed' | 'outdated';

/**
 * Leaves exactly one comment of ours with this body, also when several processes do it at once: after writing a new
 * one, all look again, keep the oldest and remove their others.
 */
export async function stick(api: Api, { pull, headSha, marker, body, worthOne }: Sticky): Promise<Stuck> {
  if ((await api.pull(pull)).sha !== headSha) return 'outdated';
  const viewer = await api.viewer();
  const own = async (): Promise<Remark[]> =>
    (await api.remarks(pull))
      .filter((each) => each.author === viewer && firstLine(each.body) === marker)
      .sort((a, b) => (a.created < b.created ? -1 : a.created > b.created ? 1 : a.id - b.id));
  let ours = await own();
  const isNew = ours.length === 0;
  if (isNew) {
    if (!worthOne) return 'not needed';
    await api.create(pull, body);
    ours = await own();
  }
  const [oldest, ...others] = ours;
  for (const { id } of others) await removeIfThere(api, id);
  // A server whose list lags behind what it was just given has no other to compare with.
  if (!oldest) return 'created';
  const same = normal(oldest.body) === normal(body);
  if (!same) await api.update(oldest.id, body);
  return isNew ? 'created' : same ? 'unchanged' : 'updated';
}

/** Another process may have removed it in the meantime. */
async function removeIfThere(api: Api, id: number): Promise<void> {
  try {
    await api.remove(id);
  } catch (error) {
    if ((error as { status?: number }).status !== 404) throw error;
  }
}

const firstLine = (body: string): string => body.split(/\r?\n/, 1)[0]!.trim();

/** GitHub stores line ends as it likes. */
const normal = (body: string): string => body.replaceAll('\r\n', '\n').trim();
