import { systemActor } from '../../kernel/actor.ts';
import { numberIn, type Keeping } from '../../platform/keeping/index.ts';
import type { NativeContext } from './context.ts';

const KIND = 'native.cases';
const A_YEAR = 366;
const ENDED = 'endedAt is not null';

/** Forms go with who held them and who took part; an import says only days and counts. */
export const nativeKeepings = ({ db }: Pick<NativeContext, 'db'>): Keeping[] => [
  {
    kind: KIND,
    atLeastDays: A_YEAR,
    ending: {
      how: 'delete',
      async remove(before, limit) {
        const old = await db.read((reads) =>
          reads.em.query<{ id: string }[]>(
            `select id from native_case where ${ENDED} and endedAt < ? order by id limit ${Math.min(limit, 200)}`,
            [before],
          ),
        );
        for (const { id } of old)
          await db.write(systemActor(`keeping:${KIND}`), async (tx) => {
            for (const table of ['native_holding', 'native_part'])
              await tx.em.query(`delete from ${table} where caseId = ?`, [id]);
            await tx.em.query('delete from native_case where id = ?', [id]);
          });
        return old.length;
      },
      overdue: async (reads, before) =>
        (await numberIn(reads, `select count(*) as n from native_case where ${ENDED} and endedAt < ?`, [
          before,
        ])) ?? 0,
      oldest: (reads) => numberIn(reads, `select min(endedAt) as n from native_case where ${ENDED}`),
    },
  },
  {
    kind: 'native.imports',
    atLeastDays: A_YEAR,
    ending: {
      how: 'delete',
      async remove(before, limit) {
        const old = await db.read((reads) =>
          reads.em.query<{ id: string }[]>(
            `select id from native_import where ${ENDED} and endedAt < ? order by id limit ${Math.min(limit, 200)}`,
            [before],
          ),
        );
        for (const { id } of old)
          await db.write(systemActor('keeping:native.imports'), async (tx) => {
            await tx.em.query('delete from native_window where importId = ?', [id]);
            await tx.em.query('delete from native_import where id = ?', [id]);
          });
        return old.length;
      },
      overdue: async (reads, before) =>
        (await numberIn(reads, `select count(*) as n from native_import where ${ENDED} and endedAt < ?`, [
          before,
        ])) ?? 0,
      oldest: (reads) => numberIn(reads, `select min(endedAt) as n from native_import where ${ENDED}`),
    },
  },
];
