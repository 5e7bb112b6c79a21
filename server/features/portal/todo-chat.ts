import type { Db } from '../../platform/db/unit-of-work.ts';
import { type ChatCommand, wordsOnly } from '../messaging/index.ts';
import { countTodos, mostUrgent, type TodoDeps } from './todos.ts';

const SHOWN = 5;

export interface TodoChatDeps extends TodoDeps {
  readonly db: Db;
  readonly publicUrl: string;
}

/** 待办: the most urgent to-dos of every room, each a link. */
export function todoChat(deps: TodoChatDeps): ChatCommand {
  const { db, publicUrl } = deps;
  return {
    words: ['待办', '我的待办', 'todo'],
    describe: '看你要处理的事',
    answer: async ({ personId }) => {
      const [items, { all }] = await db.read((reads) =>
        Promise.all([mostUrgent(deps, reads, personId, SHOWN), countTodos(deps, reads, personId)]),
      );
      if (items.length === 0) return '待办都处理完了。';
      const lines = items.map(
        ({ path, who, title, due }) =>
          `<a href="${publicUrl}${path}">${wordsOnly([who, title].filter(Boolean).join(' '))}</a>${due.words && `（${due.words}）`}`,
      );
      const more = all.total > items.length ? [`<a href="${publicUrl}/todo">全部 ${all.total} 件</a>`] : [];
      return [`你有 ${all.total} 件待办：`, ...lines, ...more].join('\n');
    },
  };
}
