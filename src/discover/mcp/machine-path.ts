/** Folders of a person's or a server's machine: what lies there is not the same on another one. */
const MACHINE =
  /^(?:\/(?:Users|home|root|Volumes|opt|mnt|media|srv|private|data|path\/to|absolute\/path)\/|~[/\\]|[A-Za-z]:[/\\](?![/])|\\\\[\w.-]+\\)/;
/** Where every system keeps its programs. */
const SYSTEM = /^\/(?:usr\/(?:local\/)?(?:s?bin)|s?bin)\/[\w.+-]+$/;

/** Whether a command names a program by a path that only this machine has. */
export const isMachineCommand = (command: string): boolean =>
  !SYSTEM.test(command) && (/^\/\S/.test(command) || MACHINE.test(command));

/** Whether a word of a command line, or the value of an option in it, is such a path; `a:b` of a mount counts with its first part. */
export const isMachinePath = (word: string): boolean =>
  MACHINE.test(word.replace(/^--?[\w-]+=/, '').replace(/^(?:type=bind,)?(?:src|source)=/, ''));
