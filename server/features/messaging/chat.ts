import type { PersonActor } from '../../kernel/actor.ts';

/** A word a member can send to the app, and what it answers within the five seconds of a passive reply. */
export interface ChatCommand {
  /** The first is shown in the help; the others are understood too. */
  readonly words: readonly string[];
  /** Short, for the help: 看待办. */
  readonly describe: string;
  readonly answer: (actor: PersonActor, rest: string) => Promise<string>;
}

const HELP = ['帮助', '?', '？', 'help', '菜单'];

/** Which command a text means, or null. The word may stand alone or before more text. */
export function matchCommand(
  commands: readonly ChatCommand[],
  text: string,
): { command: ChatCommand; rest: string } | null {
  const said = text.normalize('NFKC').trim().toLowerCase();
  for (const command of commands) {
    for (const word of command.words) {
      if (said === word) return { command, rest: '' };
      if (said.startsWith(`${word} `)) return { command, rest: said.slice(word.length + 1).trim() };
    }
  }
  return null;
}

export const isHelp = (text: string): boolean => HELP.includes(text.trim().toLowerCase());

/** 帮助: what can be said here. */
export function helpText(commands: readonly ChatCommand[]): string {
  const lines = commands.map((command) => `${command.words[0]}：${command.describe}`);
  return ['可以发这些词：', ...lines, '帮助：看这份说明'].join('\n');
}

export const notUnderstood = (commands: readonly ChatCommand[]): string =>
  `没有看懂这句话。\n${helpText(commands)}`;
