import type { Reads } from '../../platform/db/unit-of-work.ts';
import { momentWords, type OrgWithRoles, type PersonDataSection, sectionOfRows } from '../access/index.ts';
import type { PhotoEventRow } from './photos/tables.ts';
import { eventWords } from './photos/verdict.ts';

interface LookRow {
  readonly id: string;
  readonly at: number | string;
  readonly actorId: string;
}

/** 个保法 45: what was decided about one's photos, and who opened one. */
export const correctionsPersonData = (
  orgOf: (reads: Reads) => Promise<OrgWithRoles>,
): readonly PersonDataSection[] => [
  sectionOfRows<PhotoEventRow>({
    title: '证件照',
    columns: ['时间', '经过', '谁'],
    sql: 'select * from person_photo_event where personId = ? and id > ? order by id limit ?',
    cells: (event) => [momentWords(event.happenedAt), eventWords(event.kind, event), event.byName],
  }),
  {
    title: '证件照被打开',
    columns: ['时间', '谁'],
    async page(reads, personId, after, limit) {
      const org = await orgOf(reads);
      return sectionOfRows<LookRow>({
        title: '',
        columns: [],
        sql: `select id, at, actorId from audit_entry where targetType = 'person' and targetId = ?
          and action = 'corrections.open_photo' and id > ? order by id limit ?`,
        cells: ({ at, actorId }) => [momentWords(at), org.person(actorId)?.name ?? actorId],
      }).page(reads, personId, after, limit);
    },
  },
];
