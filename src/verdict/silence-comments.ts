import type { Finding, Placed, Problem } from '../finding/finding.ts';
import { addTo } from '../finding/grouped.ts';
import { mask } from '../finding/secrets.ts';
import type { IgnoreComment } from '../model/yaml-comments.ts';
import { type Loud, meantWord, type SilencedSystem } from './loud.ts';
import { type SilencePolicy, WAIVER_EXPIRED } from './silence-policy.ts';
import type { Silence } from './verdict.ts';

const LIKE_THIS = 'Write `# maestro: ignore[rule-id] reason`';

/** A comment, the systems whose files hold it, and the rules it was of use for. */
interface Standing {
  readonly comment: IgnoreComment;
  readonly systems: SilencedSystem[];
  readonly used: Set<string>;
}

/** Decides by comments: each holds for the findings of its rules on one line. */
export class Comments {
  private readonly loud: Loud;
  private readonly allowed: boolean;
  private readonly standing = new Map<string, Standing>();
  private readonly byLine = new Map<string, Standing[]>();
  /** By line and rule: what the findings there are about. */
  private readonly subjects = new Map<string, Set<string>>();

  constructor(loud: Loud, { allowInline }: SilencePolicy) {
    this.loud = loud;
    this.allowed = allowInline;
    for (const system of loud.systems) for (const comment of system.comments) this.add(comment, system);
    for (const each of this.standing.values()) {
      const key = lineKey(each.comment.file.source.file, each.comment.line);
      addTo(this.byLine, key, each);
    }
    for (const { rule, subject, location } of loud.findings) {
      const line = lineKey(location.file, location.line);
      if (!this.byLine.has(line)) continue;
      const key = `${line}\n${rule}`;
      this.subjects.set(key, (this.subjects.get(key) ?? new Set()).add(subject.join('\n')));
    }
  }

  decide({ rule, location }: Finding): Silence | null {
    const line = lineKey(location.file, location.line);
    for (const each of this.byLine.get(line) ?? []) {
      if (!this.allowed || each.comment.reason === '' || !each.comment.rules.includes(rule)) continue;
      if (rule === WAIVER_EXPIRED || this.isAmbiguous(line, rule)) continue;
      each.used.add(rule);
      const at = placeOf(each.comment);
      return { by: 'comment', reason: mask(each.comment.reason), owner: null, expires: null, at };
    }
    return null;
  }

  /** To be asked when every finding was decided about. */
  warnings(): Problem[] {
    return [...this.standing.values()].flatMap((each) => this.wrongWith(each));
  }

  private add(comment: IgnoreComment, system: SilencedSystem): void {
    const key = lineKey(comment.file.source.file, comment.start);
    const known = this.standing.get(key);
    if (known) known.systems.push(system);
    else this.standing.set(key, { comment, systems: [system], used: new Set() });
  }

  /** Findings on several components stand on one line: nobody knows which of them is meant. */
  private isAmbiguous(line: string, rule: string): boolean {
    return (this.subjects.get(`${line}\n${rule}`)?.size ?? 0) > 1;
  }

  private wrongWith(each: Standing): Problem[] {
    const { comment } = each;
    const say = (code: string, message: string, suggestion?: string): Problem => ({
      code: `comment-${code}`,
      message,
      file: comment.file.source.file,
      ...placeOf(comment),
      ...(suggestion === undefined ? {} : { suggestion }),
    });
    if (!this.allowed) {
      const advice = 'Write a waiver, with an owner';
      return [
        say(
          'forbidden',
          'The config does not allow comments that hide findings: this one does not count',
          advice,
        ),
      ];
    }
    if (comment.rules.length === 0)
      return [say('rules', 'This comment does not say what to ignore', LIKE_THIS)];
    if (comment.reason === '')
      return [say('reason', 'This comment gives no reason and does not count', LIKE_THIS)];
    return comment.rules
      .filter((rule) => !each.used.has(rule))
      .flatMap((rule) => this.unused(each, rule, say));
  }

  private unused(
    { comment, systems }: Standing,
    rule: string,
    say: (code: string, message: string, suggestion?: string) => Problem,
  ): Problem[] {
    const { rules, unknown } = this.loud;
    const file = comment.file.source.file;
    if (rule === WAIVER_EXPIRED)
      return [say('forbidden', 'That a waiver is over cannot be ignored', 'Remove or renew the waiver')];
    if (!rules.includes(rule)) {
      const advice = meantWord(rule, rules) ?? '`maestro rules` lists them';
      return [say('rule', `No rule is called \`${rule}\``, advice)];
    }
    if (this.isAmbiguous(lineKey(file, comment.line), rule)) {
      const message = `Several components have a finding of ${rule} on this line: the comment counts for none`;
      return [say('ambiguous', message, 'Give each a line of its own, or write a waiver')];
    }
    const couldNotJudge = unknown.some(
      (each) => each.rule === rule && each.location.file === file && each.location.line === comment.line,
    );
    if (couldNotJudge || !systems.some((system) => system.rules.has(rule))) return [];
    return [
      say('unused', `There is no finding of ${rule} on line ${comment.line}`, 'Remove it, or move it there'),
    ];
  }
}

const lineKey = (file: string, line: number): string => `${file}\n${line}`;
const placeOf = ({ file, start, end }: IgnoreComment): Placed => file.source.place(start, end);
