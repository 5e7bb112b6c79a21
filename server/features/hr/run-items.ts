import type { Reads } from '../../platform/db/unit-of-work.ts';
import { type MemberPush, refusalOf } from '../directory/index.ts';
import type { ItemsAnswer } from './contract.ts';
import type { HrContext } from './deps.ts';
import { type Page, seqOf } from './queries.ts';
import { ChangeTable, type ChangeRow, type StepResult } from './tables.ts';
import { KIND_WORDS, RESULT_WORDS, type Words } from './words.ts';

export interface ItemsFilter extends Page {
  readonly result?: StepResult | undefined;
}

/** What became of each change, in the order of doing: here, and of people in 企业微信. */
export async function listItems(
  ctx: HrContext,
  reads: Reads,
  planId: string,
  { cursor, limit, result }: ItemsFilter,
  words: Words,
): Promise<ItemsAnswer> {
  const base = () => {
    const query = reads.em
      .getRepository(ChangeTable)
      .createQueryBuilder('c')
      .where('c.planId = :planId', { planId });
    return result ? query.andWhere('c.result = :result', { result }) : query;
  };
  const [rows, total] = await Promise.all([
    base()
      .andWhere('c.seq > :after', { after: seqOf(cursor) })
      .orderBy('c.seq')
      .limit(limit + 1)
      .getMany(),
    base().getCount(),
  ]);
  const items = rows.slice(0, limit);
  const pushes = await pushesOf(ctx, reads, items);
  return {
    items: items.map((row) => itemOf(row, pushes.get(row.id), words)),
    next: rows.length > limit ? String(items.at(-1)?.seq ?? '') : null,
    total,
  };
}

type Item = ItemsAnswer['items'][number];

function itemOf(row: ChangeRow, push: MemberPush | undefined, words: Words): Item {
  const refusal = push?.state === 'failed' ? refusalOf(push.errorCode) : null;
  const own = row.errorCode === null ? RESULT_WORDS[row.result] : words(row.errorCode);
  return {
    key: row.changeKey,
    kindWords: KIND_WORDS[row.kind],
    name: row.targetName,
    ref: row.targetRef,
    result: row.result,
    words: refusal ? words(refusal.code, refusal.data) : own,
    wecom: push?.state ?? null,
    errcode: refusal ? (push?.errorCode ?? null) : null,
    at: row.doneAt,
  };
}

/** By id of the change. Who was hired by it is found by the staff number. */
async function pushesOf(
  { directory }: HrContext,
  reads: Reads,
  rows: readonly ChangeRow[],
): Promise<Map<string, MemberPush>> {
  const personIds = new Map<string, string>();
  for (const { id, content, doneAt, targetId, targetRef } of rows) {
    if (content.target.type !== 'person' || doneAt === null) continue;
    const personId = targetId ?? (await directory.lookups.personIdOf(reads, targetRef));
    if (personId !== null) personIds.set(id, personId);
  }
  const found = await directory.memberPushes(reads, [...new Set(personIds.values())]);
  const byPerson = new Map(found.map((push) => [push.personId, push]));
  return new Map(
    [...personIds].flatMap(([id, personId]) => {
      const push = byPerson.get(personId);
      return push ? [[id, push] as const] : [];
    }),
  );
}
