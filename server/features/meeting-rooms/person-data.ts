import type { Vault } from '../../platform/vault/index.ts';
import { momentWords, sectionOfRows, type PersonDataSection } from '../access/index.ts';
import type { State } from './contract.ts';
import { subjectOf } from './store.ts';
import { STATE_WORDS } from './words.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly startsAt: string | number;
  readonly endsAt: string | number;
  readonly state: State;
  readonly subjectSealed: string;
  readonly checkedInAt: string | number | null;
}

/** Meetings a person booked (个保法 45). */
export const meetingRoomsPersonData = (vault: Pick<Vault, 'seal' | 'open'>): PersonDataSection =>
  sectionOfRows<Row>({
    title: '会议室预订',
    columns: ['会议室', '主题', '开始', '结束', '状态', '签到'],
    sql: `select b.id, r.name, b.startsAt, b.endsAt, b.state, b.subjectSealed, b.checkedInAt
      from meeting_booking b join meeting_room r on r.id = b.roomId
      where b.bookerId = ? and b.id > ? order by b.id limit ?`,
    cells: ({ name, subjectSealed, startsAt, endsAt, state, checkedInAt }) => [
      name,
      subjectOf({ vault }, { subjectSealed }),
      momentWords(startsAt),
      momentWords(endsAt),
      STATE_WORDS[state],
      momentWords(checkedInAt),
    ],
  });
