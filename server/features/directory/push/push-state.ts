import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { countOpen, countOpenListed } from '../../../platform/jobs/index.ts';
import { PUSH_ALL, PUSH_PEOPLE, PUSH_PERSON, PUSH_UNITS } from '../commands/consequences.ts';
import { DELETE_MEMBER } from '../commands/member-acts.ts';
import { MemberMirrorTable } from '../tables.ts';
import { memberMirrors } from './mirror-store.ts';
import { dueMembers } from './due-members.ts';
import { countNewPeople, openRun } from './sheet/store.ts';

export interface PushState {
  readonly people: number;
  readonly written: number;
  /** Records 企业微信 refused, at most 100; the rest of the run went on. */
  readonly failed: readonly {
    readonly personId: string;
    readonly errorCode: number | null;
    readonly fields: string | null;
  }[];
  /** Members whose direct superior was refused: counted apart, their own record is fine (C15). */
  readonly managersRefused: number;
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
    managersRefused: await count(
      'select count(*) as n from wecom_member_mirror where managerErrorCode is not null',
    ),
  };
}

export interface PushBacklog {
  /** Writes to 企业微信 that wait in the queue, and newcomers that wait for their sheet or its result. */
  readonly waiting: number;
  /** Members 企业微信 did not take as they are here. */
  readonly failed: number;
}

export async function pushBacklog(reads: Reads): Promise<PushBacklog> {
  const queued = await countOpen(reads, [PUSH_ALL, PUSH_UNITS, PUSH_PERSON, DELETE_MEMBER]);
  const together = await countOpenListed(reads, PUSH_PEOPLE);
  // Their jobs have ended; the intake itself counts until what its rows still need is queued.
  const inSheets = (await openRun(reads)) ? Math.max(1, await countNewPeople(reads)) : 0;
  return {
    waiting: queued + together + inSheets,
    failed: await reads.em.getRepository(MemberMirrorTable).countBy({ state: 'failed' }),
  };
}

/** How one person stands in 企业微信. */
export interface MemberPush {
  readonly personId: string;
  /** `none`: not a member there; `waiting`: something is still to be written. */
  readonly state: 'none' | 'written' | 'waiting' | 'failed';
  /** 企业微信's errcode; 301005: the creator, to be transferred first (C11). */
  readonly errorCode: number | null;
  readonly errorFields: string | null;
  /** Of the direct superior only (C15). */
  readonly managerErrorCode: number | null;
  /** Epoch ms of the last write or refusal. */
  readonly at: number | null;
}

/** @param personIds at most a few hundred */
export async function memberPushes(
  deps: Parameters<typeof dueMembers>[0],
  reads: Reads,
  personIds: readonly string[],
): Promise<MemberPush[]> {
  const mirrors = await memberMirrors(reads, personIds);
  const due = await dueMembers(deps, reads, personIds, 'whole');
  // A refused superior waits for nobody: it is told as `managerErrorCode`.
  const waiting = new Set(
    due
      .filter(({ call, mirror }) => call !== null || (mirror?.managerErrorCode ?? null) === null)
      .map((one) => one.facts.personId),
  );
  return personIds.map((personId) => {
    const mirror = mirrors.get(personId);
    const settled = mirror && mirror.state !== 'writing' ? mirror.state : 'none';
    return {
      personId,
      state: settled !== 'failed' && waiting.has(personId) ? 'waiting' : settled,
      errorCode: mirror?.errorCode ?? null,
      errorFields: mirror?.errorFields ?? null,
      managerErrorCode: mirror?.managerErrorCode ?? null,
      at: mirror?.updatedAt ?? null,
    };
  });
}
