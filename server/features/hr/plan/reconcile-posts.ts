import type { KnownPerson } from '../model.ts';
import { changeKey } from './keys.ts';
import type { Settled } from './match.ts';
import { targetOf } from './outlook.ts';
import { mainPostOf } from './person-fields.ts';
import { topUnitOf, type Reconciling } from './reconciling.ts';
import { FieldList } from './scribe.ts';
import type { PlannedChange } from './types.ts';

/**
 * C12: the first unit is the main post and stays it, further ones are concurrent. A move to a unit the person served
 * concurrently takes that post over. Each post is a change of its own, so nothing is ever paired by position (C7).
 */
export function reconcilePosts(settled: Settled, person: KnownPerson, run: Reconciling): PlannedChange[] {
  const [main = '', ...rest] = settled.row.unitCodes;
  const wanted = new Set(rest.filter((code) => code !== main));
  const had = new Set(
    person.posts.filter(({ kind }) => kind === 'concurrent').map(({ unitCode }) => unitCode),
  );
  const before = mainPostOf(person)?.unitCode ?? null;
  const changes: PlannedChange[] = [];
  if (before !== main) changes.push(post(settled, person, 'move', before, main, run));
  for (const code of wanted) {
    if (!had.has(code)) changes.push(post(settled, person, 'giveConcurrent', null, code, run));
  }
  for (const code of had) {
    if (!wanted.has(code) && code !== main)
      changes.push(post(settled, person, 'endConcurrent', code, null, run));
  }
  return changes.sort((a, b) => RANK.indexOf(a.kind) - RANK.indexOf(b.kind) || (a.key < b.key ? -1 : 1));
}

const RANK: readonly PlannedChange['kind'][] = ['move', 'giveConcurrent', 'endConcurrent'];

const WHY = {
  move: '表里的第一个部门不同',
  giveConcurrent: '表里多一个部门，兼任，原部门仍是主岗',
  endConcurrent: '表里没有这个兼任部门了',
} as const;

function post(
  settled: Settled,
  person: KnownPerson,
  kind: keyof typeof WHY,
  before: string | null,
  after: string | null,
  run: Reconciling,
): PlannedChange {
  const { units, scribe } = run;
  const [from, to] = [
    before === null ? null : units.nameOf(before),
    after === null ? null : units.nameOf(after),
  ];
  const list = new FieldList();
  // Two units of one name: the code tells them apart.
  const same = from !== null && from === to;
  list.show('unitCodes', same ? `${from}（${before}）` : from, same ? `${to}（${after}）` : to);
  list.set['unitCode'] = after ?? before;
  const created = after === null ? undefined : units.createKeyOf(after);
  // The former main post becomes a concurrent one only after the move.
  const wasMain = kind === 'giveConcurrent' && mainPostOf(person)?.unitCode === after;
  const moved = wasMain ? changeKey('person', settled.row.staffNo, 'move') : undefined;
  return scribe.write({
    kind,
    detail: kind === 'move' ? undefined : (after ?? before ?? ''),
    stage: 'people',
    target: targetOf(settled),
    topUnitCode: topUnitOf(person, run),
    list,
    effectiveOn: scribe.days.saidOn,
    lines: [settled.row.line],
    why: WHY[kind],
    needs: [created, moved].filter((key) => key !== undefined),
  });
}
