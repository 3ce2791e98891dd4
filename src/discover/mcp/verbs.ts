const READS = words(
  'get list read search find fetch query describe show view lookup check count resolve status inspect analyze analyse',
  'validate diff log logs info explain summarize health watch ping think thinking screenshot snapshot help browse grep',
  'glob retrieve scan preview compare verify discover extract peek tail cat ls recall docs',
);
const CHANGES = words(
  'create add set put post push write update edit modify delete remove drop insert send run execute exec invoke call',
  'move rename copy upload deploy publish apply merge commit fork close reopen start stop restart kill approve reject',
  'assign unassign transfer pay refund buy sell order cancel book enable disable install uninstall save store append',
  'replace patch reset revert rollback restore import sync trigger dispatch schedule submit click type fill navigate',
  'press drag drop evaluate eval attach detach grant revoke invite archive unarchive lock unlock mark',
  'migrate mutate truncate clear purge checkout rebase tag stage unstage open bash shell terminal',
);

/** What a tool of this name does, as its first verb says; null when it has none. */
export function effectOf(tool: string): 'reads' | 'changes' | null {
  const parts = tool
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const verb = parts.findIndex((part) => READS.has(part) || CHANGES.has(part));
  if (verb < 0) return null;
  if (CHANGES.has(parts[verb]!)) return 'changes';
  // `search_and_replace` and `get_or_create` do both.
  const second = parts.findIndex((part, i) => i > verb && (part === 'and' || part === 'or'));
  return second >= 0 && CHANGES.has(parts[second + 1] ?? '') ? 'changes' : 'reads';
}

function words(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}
