import { type Place, type TreeNode, textOf } from '../read/tree.ts';
import type { Word } from './words.ts';

/** Folders of a person's or a server's machine: what lies there is not the same on another one. */
const MACHINE =
  /^(?:\/(?:Users|home|root|Volumes|opt|mnt|media|srv|private|data|path\/to|absolute\/path)\/|~[/\\]|[A-Za-z]:[/\\](?![/])|\\\\[\w.-]+\\)/;
/** Where every system keeps its programs. */
const SYSTEM = /^\/(?:usr\/(?:local\/)?(?:s?bin)|s?bin)\/[\w.+-]+$/;

/** Whether a command names a program by a path that only this machine has. */
const isMachineCommand = (command: string): boolean =>
  !SYSTEM.test(command) && (/^\/\S/.test(command) || MACHINE.test(command));

/** Whether a word of a command line, or the value of an option in it, is such a path; `a:b` of a mount counts with its first part. */
const isMachinePath = (word: string): boolean =>
  MACHINE.test(word.replace(/^--?[\w-]+=/, '').replace(/^(?:type=bind,)?(?:src|source)=/, ''));

/** Where a server is told a path of one machine: its program, its arguments, its folder or its variables; null for nowhere. */
export function machinePlace(
  command: Word,
  words: readonly Word[],
  values: readonly (TreeNode | null)[],
): Place | null {
  if (isMachineCommand(command.text)) return command;
  const isCommand = ({ text }: Word, i: number) => i === 0 && isMachineCommand(text);
  return (
    words.find((word, i) => isCommand(word, i) || isMachinePath(word.text)) ??
    values.find((value) => isMachinePath(textOf(value) ?? '')) ??
    null
  );
}
