import type { Actor } from '../../../kernel/actor.ts';
import { badRequest } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { briefOf } from '../describe.ts';
import { mustReadRights, whyNotSettle } from '../policy.ts';
import type { OrgWithRoles } from '../rights.ts';
import type { ConsoleFinding, ConsoleFindingsAnswer, ConsoleFindingsQuery } from './contract.ts';
import type { FindingKind } from './judge.ts';
import { markOf } from './store.ts';
import { ConsoleFindingTable, type ConsoleFindingRow } from './tables.ts';

const KIND_WORDS: Readonly<Record<FindingKind, string>> = {
  stranger: '不是本单位登记的人，在管理后台操作过',
  unregistered: '操作时没有管理员身份',
  rightsChanged: '改了后台管理员或其权限',
};
/** detail_type of page 100179. */
const ACT_WORDS: Readonly<Record<number, string>> = {
  5: '新增分级管理员',
  6: '删除分级管理员',
  7: '修改管理员权限',
  8: '修改管理员范围',
};

/** Newest first; complete, page by page, or an error (H2). */
export async function listFindings(
  reads: Reads,
  org: OrgWithRoles,
  actor: Actor,
  { state, cursor, limit }: ConsoleFindingsQuery,
): Promise<ConsoleFindingsAnswer> {
  mustReadRights(actor);
  const matching = () =>
    reads.em
      .getRepository(ConsoleFindingTable)
      .createQueryBuilder('f')
      .where(state === 'open' ? 'f.settledAt is null' : 'f.settledAt is not null');
  const page = matching();
  if (cursor !== undefined) {
    if (!/^[0-9a-f]{32}$/.test(cursor)) throw badRequest('access.bad_cursor');
    page.andWhere('f.id < :cursor', { cursor });
  }
  const found = await page
    .orderBy('f.id', 'DESC')
    .take(limit + 1)
    .getMany();
  const rows = found.slice(0, limit);
  const mark = await markOf(reads);
  return {
    items: rows.map((row) => describe(org, actor, row)),
    next: found.length > limit ? (rows.at(-1)?.id ?? null) : null,
    total: await matching().getCount(),
    readUntil: mark?.readUntil ?? null,
    refused: mark?.refused ?? null,
  };
}

function describe(org: OrgWithRoles, actor: Actor, row: ConsoleFindingRow): ConsoleFinding {
  const { id, kind, userid, personId, firstAt, lastAt, times, detailType, info, settledAt } = row;
  const act = detailType === null ? undefined : ACT_WORDS[detailType];
  return {
    findingId: id,
    kind,
    words: act === undefined ? KIND_WORDS[kind] : `${KIND_WORDS[kind]}：${act}`,
    operator: { userid, person: personId === null ? null : briefOf(org, personId) },
    firstAt,
    lastAt,
    times,
    info,
    settled:
      settledAt === null
        ? null
        : { at: settledAt, byName: org.person(row.settledBy ?? '')?.name ?? '', note: row.note },
    can: { settle: settledAt === null && whyNotSettle(actor, personId) === null },
  };
}
