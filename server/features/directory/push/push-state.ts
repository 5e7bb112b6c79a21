import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { MemberMirrorTable } from '../tables.ts';

export interface PushState {
  readonly people: number;
  readonly written: number;
  /** Records 企业微信 refused, at most 100; the rest of the run went on. */
  readonly failed: readonly {
    readonly personId: string;
    readonly errorCode: number | null;
    readonly fields: string | null;
  }[];
}

export async function pushState(reads: Reads): Promise<PushState> {
  const count = async (sql: string) => {
    const rows: { n: number | string }[] = await reads.em.query(sql);
    return Number(rows[0]?.n ?? 0);
  };
  const failed = await reads.em
    .getRepository(MemberMirrorTable)
    .find({ where: { state: 'failed' }, take: 100 });
  return {
    people: await count("select count(*) as n from person where state <> 'left'"),
    written: await count("select count(*) as n from wecom_member_mirror where state = 'written'"),
    failed: failed.map((row) => ({ personId: row.id, errorCode: row.errorCode, fields: row.errorFields })),
  };
}
