import type { Freeing } from './exclusive.ts';
import { personTarget } from './doubts.ts';
import { changeKey } from './keys.ts';
import type { Settled } from './match.ts';
import { leaveMissing, reconcile } from './reconcile.ts';
import { topUnitOf, type Reconciling } from './reconciling.ts';
import { FieldList } from './scribe.ts';
import type { Settlement } from './settle.ts';
import type { PlannedChange } from './types.ts';

/**
 * Everything about people but their leaders. First mobiles are freed, then people in the order of staff numbers, and
 * last those who get something another one gives up, each after the giver (B4).
 */
export function writePeople(settlement: Settlement, run: Reconciling): PlannedChange[] {
  const { base, outlook, exclusive } = settlement;
  const freeings = byTaker(exclusive.freeings, run);
  const written = new Map<Settled, PlannedChange[]>();
  const [plain, ranked]: [PlannedChange[][], Settled[]] = [[], []];
  const rows = base.settled.filter(({ row }) => !outlook.held.has(row));
  for (const settled of rows.sort((a, b) => (a.row.staffNo < b.row.staffNo ? -1 : 1))) {
    const changes = reconcile(settled, run);
    if (changes.length === 0) continue;
    if (!exclusive.ranks.has(settled) && !freeings.has(settled)) plain.push(changes);
    else {
      written.set(settled, changes);
      ranked.push(settled);
    }
  }
  const rankOf = (settled: Settled): number => exclusive.ranks.get(settled) ?? -1;
  ranked.sort((a, b) => rankOf(a) - rankOf(b));
  const needs = givenBy(exclusive.exchanges, written);
  return [
    ...[...freeings.values()].flat().sort((a, b) => (a.key < b.key ? -1 : 1)),
    ...plain.flat(),
    ...ranked.flatMap((settled) =>
      withNeeds(written.get(settled) ?? [], [
        ...(needs.get(settled) ?? []),
        ...(freeings.get(settled) ?? []).map(({ key }) => key),
      ]),
    ),
    ...[...base.decidedLeft.values()]
      .sort((a, b) => (a.staffNo < b.staffNo ? -1 : 1))
      .map((person) => leaveMissing(person, run)),
  ];
}

function byTaker(freeings: readonly Freeing[], run: Reconciling): Map<Settled, PlannedChange[]> {
  const changes = new Map<Settled, PlannedChange[]>();
  for (const freeing of freeings) {
    const before = changes.get(freeing.taker) ?? [];
    changes.set(freeing.taker, [...before, free(freeing, run)]);
  }
  return changes;
}

const BECAUSE: Readonly<Record<Freeing['because'], string>> = {
  former: '已离开或已停用',
  leaver: '这次离开',
  exchange: '和别人换号',
};

/** At once, whenever the other one gets it. Of somebody who leaves in this plan only together with that. */
function free({ person, taker, because }: Freeing, run: Reconciling): PlannedChange {
  const { scribe, outlook } = run;
  const target = personTarget(person);
  const list = new FieldList();
  list.secret('mobile', null, person.mobile);
  const row = outlook.rowOf(person)?.row;
  const going = changeKey(
    'person',
    row?.staffNo ?? person.staffNo,
    row?.status === 'retired' ? 'retire' : 'leave',
  );
  return scribe.write({
    kind: 'change',
    detail: 'mobile',
    stage: 'people',
    target,
    topUnitCode: topUnitOf(person, run),
    list,
    effectiveOn: scribe.days.saidOn,
    lines: [taker.row.line],
    why: `${BECAUSE[because]}，手机号先空出来给 ${taker.row.name}（${taker.row.staffNo}）`,
    needs: because === 'leaver' ? [going] : [],
  });
}

/** Keys of the changes by which somebody gives up what another one gets. */
function givenBy(
  exchanges: Settlement['exclusive']['exchanges'],
  written: ReadonlyMap<Settled, readonly PlannedChange[]>,
): Map<Settled, string[]> {
  const needs = new Map<Settled, string[]>();
  for (const { resource, giver, taker } of exchanges) {
    const giving = written.get(giver)?.find(({ set }) => resource.field in set);
    if (giving) needs.set(taker, [...(needs.get(taker) ?? []), giving.key]);
  }
  return needs;
}

const TAKING = ['mobile', 'staffNo', 'idNumber'];

/** The change that takes is the first with such a field in it: hire, rehire or change. */
function withNeeds(changes: readonly PlannedChange[], needs: readonly string[]): PlannedChange[] {
  const taking = changes.findIndex(({ set }) => TAKING.some((field) => field in set));
  return changes.map((change, at) =>
    at === taking && needs.length > 0
      ? { ...change, needs: [...new Set([...change.needs, ...needs])] }
      : change,
  );
}
