import { momentWords, sectionOfRows, type PersonDataSection } from '../access/index.ts';
import { daysWords, endedWords } from './words.ts';
import type { EndedBy } from './tables.ts';

const ended = (endedAt: number | string | null, endedBy: EndedBy | null): string =>
  endedAt === null ? '' : `${momentWords(endedAt)} ${endedWords(endedBy)}`;

/** Whom somebody named as their agent, and for whom they stood in. */
export const delegationsPersonData: PersonDataSection = sectionOfRows<{
  id: string;
  isAgent: number | string | boolean;
  other: string;
  fromOn: string;
  untilOn: string;
  createdAt: number | string;
  endedAt: number | string | null;
  endedBy: EndedBy | null;
}>({
  title: '代理审批',
  columns: ['角色', '对方', '日期', '设置', '结束'],
  sql: `select d.id, case when d.agentId = x.id then 1 else 0 end as isAgent, p.name as other, d.fromOn, d.untilOn,
      d.createdAt, d.endedAt, d.endedBy
    from person x join approval_delegation d on d.agentId = x.id or d.principalId = x.id
    join person p on p.id = case when d.agentId = x.id then d.principalId else d.agentId end
    where x.id = ? and d.id > ? order by d.id limit ?`,
  cells: ({ isAgent, other, fromOn, untilOn, createdAt, endedAt, endedBy }) => [
    Number(isAgent) === 1 ? '代理人' : '本人',
    other,
    daysWords({ fromOn, untilOn }),
    momentWords(createdAt),
    ended(endedAt, endedBy),
  ],
});
