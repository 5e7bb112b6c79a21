import type { Db } from '../../platform/db/unit-of-work.ts';
import { type ChatCommand, wordsOnly } from '../messaging/index.ts';
import { countsOf } from './box-counts.ts';
import { type ListContext, mostUrgent } from './queries.ts';

const SHOWN = 5;

/** 待办: the most urgent to-dos, each a link. */
export function todoChat(db: Db, list: ListContext, publicUrl: string): ChatCommand {
  return {
    words: ['待办', '我的待办', 'todo'],
    describe: '看你要处理的事',
    answer: async ({ personId }) => {
      const [items, counts] = await db.read((reads) =>
        Promise.all([mostUrgent(reads, list, personId, SHOWN), countsOf(reads, personId)]),
      );
      if (items.length === 0) return '待办都处理完了。';
      const lines = items.map(
        (item) =>
          `<a href="${publicUrl}/approvals/${item.instanceId}">${wordsOnly(`${item.who} ${item.title}`)}</a>${item.due.words && `（${item.due.words}）`}`,
      );
      const more =
        counts.todo > items.length ? [`<a href="${publicUrl}/todo">全部 ${counts.todo} 件</a>`] : [];
      return [`你有 ${counts.todo} 件待办：`, ...lines, ...more].join('\n');
    },
  };
}
