import { momentWords, sectionOfRows, type PersonDataSection } from '../access/index.ts';
import type { TicketState } from './contract.ts';
import { STATE_WORDS } from './words.ts';

interface Row {
  readonly id: string;
  readonly number: string;
  readonly placeName: string;
  readonly words: string;
  readonly state: TicketState;
  readonly reportedAt: string | number;
  readonly rating: number | null;
  readonly ratingWords: string;
}

/** What a person reported, and what they said of it (个保法 45). */
export const repairsPersonData: PersonDataSection = sectionOfRows<Row>({
  title: '报修',
  columns: ['单号', '地点', '说明', '状态', '报修时间', '评价'],
  sql: `select id, number, placeName, words, state, reportedAt, rating, ratingWords from repair_ticket
    where reporterId = ? and id > ? order by id limit ?`,
  cells: ({ number, placeName, words, state, reportedAt, rating, ratingWords }) => [
    number,
    placeName,
    words,
    STATE_WORDS[state],
    momentWords(reportedAt),
    rating === null ? '' : [`${rating} 星`, ratingWords].filter(Boolean).join('，'),
  ],
});
