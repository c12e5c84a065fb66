/**
 * Commands as a POSIX shell reads them: split into words, and words put into quotes.
 *
 * Only what stands in scripts of AWS CLI calls is understood: quotes, backslashes, continued lines, comments, `;`, `&&` and
 * ends of lines. Variables and substitutions are refused, because their values are not known here.
 */

import { UsageError } from "./command.js";

/** The commands of a script, as words; the line each begins on counts from 1. */
export function commandsIn(script: string): { words: string[]; line: number }[] {
  const commands: { words: string[]; line: number }[] = [];
  let [words, word, line]: [string[], string | undefined, number] = [[], undefined, 1];
  const endWord = (): void => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endCommand = (): void => {
    endWord();
    if (words.length > 0) commands.push({ words, line });
    words = [];
  };
  for (let at = 0; at < script.length; at += 1) {
    const char = script.charAt(at);
    if (char === "\\") {
      at += 1;
      // A backslash and an end of line are nothing: the command goes on.
      if (script.charAt(at) === "\n") line += 0;
      else word = (word ?? "") + script.charAt(at);
    } else if (char === "'" || char === '"') {
      const { text, end } = quoted(script, at, line);
      word = (word ?? "") + text;
      at = end;
    } else if (char === "#" && word === undefined) {
      const end = script.indexOf("\n", at);
      at = (end < 0 ? script.length : end) - 1;
    } else if (char === "\n" || char === ";" || char === "&" || char === "|") {
      endCommand();
      line = 1 + script.slice(0, at + 1).split("\n").length - 1;
    } else if (char === " " || char === "\t" || char === "\r") {
      endWord();
    } else if (char === "$" || char === "`") {
      throw new UsageError(`line ${line}: variables and substitutions are not known here`, "put their values in");
    } else {
      word = (word ?? "") + char;
    }
  }
  endCommand();
  return commands;
}

/** What stands between the quotes that open at `begin`, and where they close. */
function quoted(script: string, begin: number, line: number): { text: string; end: number } {
  const quote = script.charAt(begin);
  let text = "";
  for (let at = begin + 1; at < script.length; at += 1) {
    const char = script.charAt(at);
    if (char === quote) return { text, end: at };
    if (quote === '"' && (char === "$" || char === "`")) {
      throw new UsageError(`line ${line}: variables and substitutions are not known here`, "put their values in");
    }
    const escapes = quote === '"' && char === "\\" && /["\\$`]/.test(script.charAt(at + 1));
    if (escapes) at += 1;
    text += script.charAt(at);
  }
  throw new UsageError(`line ${line}: a quote is not closed`);
}

/** A word as a shell reads it back. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
