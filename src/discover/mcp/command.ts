import { at, type Place, scalarsOf, type TreeNode, textOf, textsOf } from '../read/tree.ts';
import { type Word, wordsOf } from './words.ts';

/** Command and arguments as words, however they are written: a text, a list, an object (Zed), or one line for all. */
export function commandOf(node: TreeNode): readonly Word[] {
  const holder = [node, at(node, 'transport'), at(node, 'command')].find((each) =>
    isCommand(at(each, 'command')),
  );
  const command =
    at(holder, 'command') ?? at(node, 'command', 'path') ?? at(node, 'cmd') ?? at(node, 'fullCommand');
  if (!command) return [];
  const args = at(holder, 'args') ?? at(node, 'command', 'args') ?? at(node, 'args') ?? at(node, 'arguments');
  const given = scalarsOf(args).map(asWord);
  if (command.items) return [...scalarsOf(command).map(asWord), ...given];
  const word = asWord(command);
  if (word.text.trim() === '') return [];
  const single = textsOf(args).length > 0 && args?.items ? given : given.flatMap(wordsOf);
  return [...(isOneLine(word.text) ? wordsOf(word) : [word]), ...single];
}

const isCommand = (node: TreeNode | null): boolean => textOf(node) !== null || node?.items != null;

const asWord = (node: TreeNode & Place): Word => ({
  text: textOf(node) ?? '',
  line: node.line,
  column: node.column,
});

/** A whole command line in one text, and no path with blanks in it. */
const isOneLine = (text: string): boolean =>
  /\s/.test(text.trim()) &&
  !/^(?:[A-Za-z]:[\\/]|\/)[^"']*\.(?:exe|cmd|bat|sh|app\/.*)$/i.test(text) &&
  !/^[A-Za-z]:[\\/]Program Files[^-]*$/i.test(text);
