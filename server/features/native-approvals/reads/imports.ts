import { In } from 'typeorm';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { NativeContext } from '../context.ts';
import type { ImportsAnswer, ImportsQuery } from '../contract.ts';
import { mustImport, reachOf } from '../policy.ts';
import { ImportTable, WindowTable, type WindowRow } from '../tables.ts';

/** Imports with how far they are, newest first. @throws forbidden `native.may_not_import` */
export async function listImports(
  ctx: NativeContext,
  reads: Reads,
  actorId: string,
  { cursor, limit }: ImportsQuery,
): Promise<ImportsAnswer> {
  mustImport(reachOf(await ctx.orgOf(reads), actorId));
  const found = await reads.em
    .getRepository(ImportTable)
    .createQueryBuilder('i')
    .where(cursor === undefined ? '1 = 1' : 'i.id < :cursor', { cursor })
    .orderBy('i.id', 'DESC')
    .limit(limit + 1)
    .getMany();
  const rows = found.slice(0, limit);
  const windows = await windowsOf(
    reads,
    rows.map(({ id }) => id),
  );
  return {
    items: rows.map((row) => {
      const own = windows.filter(({ importId }) => importId === row.id);
      const sum = (pick: (window: WindowRow) => number) => own.reduce((all, one) => all + pick(one), 0);
      return {
        importId: row.id,
        fromOn: row.fromOn,
        untilOn: row.untilOn,
        byName: row.byName,
        state: row.state,
        startedAt: row.startedAt,
        endedAt: row.endedAt,
        windows: own.length,
        windowsDone: own.filter(({ isDone }) => Boolean(isDone)).length,
        found: sum((one) => one.found),
        read: sum((one) => one.readCount),
        unreadable: sum((one) => one.unreadable),
      };
    }),
    next: found.length > limit ? (rows.at(-1)?.id ?? null) : null,
  };
}

const windowsOf = ({ em }: Reads, importIds: readonly string[]): Promise<WindowRow[]> =>
  importIds.length === 0
    ? Promise.resolve([])
    : em.getRepository(WindowTable).findBy({ importId: In([...importIds]) });
