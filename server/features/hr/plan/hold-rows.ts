/** Rows that have to wait, and units that have to stay, because of what the tree and 企业微信 take. */
import { doubtOn } from './doubts.ts';
import { isSettled, type Match } from './match.ts';
import { targetOf, type Outlook } from './outlook.ts';
import { isGoneNow } from './status.ts';
import { MAX_NODES, type Held, type UnitGoals } from './unit-goals.ts';

/** A4: a unit that is not there is never replaced by the root; the row waits. */
export function holdHomeless(outlook: Outlook, { goals, dissolving }: UnitGoals): void {
  const { index, settled } = outlook.base;
  const exists = (code: string): boolean =>
    code === index.rootCode || goals.has(code) || dissolving.has(code);
  for (const one of settled) {
    if (!outlook.isRecordKept(one)) continue;
    const lost = one.row.unitCodes.find((code) => !exists(code));
    if (lost === undefined && one.row.unitCodes.length > 0) continue;
    const why = `部门 ${lost ?? ''} 不存在，或这次没有建成`;
    outlook.hold(one, doubtOn('treeConflict', targetOf(one), why, { lines: [one.row.line] }));
  }
}

/** B4: 企业微信 keeps nobody without mobile and email (errcode 60129), so the last of them is not cleared. */
export function holdUnreachable(outlook: Outlook): void {
  for (const one of outlook.base.settled) {
    const { row, person } = one;
    if (!person || !outlook.isRecordKept(one) || (row.mobile !== null && row.email !== null)) continue;
    const left =
      (row.mobile === undefined ? person.mobile : row.mobile) ??
      (row.email === undefined ? person.email : row.email);
    if (left || (!person.mobile && !person.email)) continue;
    const why = '清空以后既没有手机号也没有邮箱，企业微信不接受，先不动';
    outlook.hold(one, doubtOn('mobileTaken', targetOf(one), why, { lines: [row.line], detail: 'noContact' }));
  }
}

/** C5: a unit holds 30,000 people and sub-units; whoever would come on top waits. */
export function holdCrowd(outlook: Outlook, { goals }: UnitGoals): void {
  const { index, settled } = outlook.base;
  if (index.people.length + settled.length + goals.size <= MAX_NODES) return;
  const nodes = new Map<string, number>();
  const count = (code: string): void => void nodes.set(code, (nodes.get(code) ?? 0) + 1);
  for (const { parentCode } of goals.values()) count(parentCode);
  for (const person of index.people) outlook.unitsAfter(person).forEach(count);
  for (const { row, person } of settled) {
    if (person === null && !outlook.held.has(row)) row.unitCodes.forEach(count);
  }
  const full = new Set([...nodes].filter(([, size]) => size > MAX_NODES).map(([code]) => code));
  if (full.size === 0) return;
  for (const one of settled) {
    if (!outlook.isRecordKept(one)) continue;
    const had = new Set(one.person?.posts.map(({ unitCode }) => unitCode));
    const over = one.row.unitCodes.find((code) => full.has(code) && !had.has(code));
    if (over === undefined) continue;
    const why = `部门 ${over} 会超过 ${MAX_NODES} 个成员和下级部门`;
    outlook.hold(one, doubtOn('treeConflict', targetOf(one), why, { lines: [one.row.line] }));
  }
}

/**
 * C6: units to be dissolved in which somebody would remain, or is said to be by any row, also by one that waits. Who
 * leaves in this plan does so before the removals.
 */
export function inhabited(outlook: Outlook, { dissolving }: UnitGoals, matches: readonly Match[]): Held {
  const held: Held = new Map();
  if (dissolving.size === 0) return held;
  const counts = new Map<string, number>();
  const count = (codes: readonly string[]): void => {
    for (const code of new Set(codes))
      if (dissolving.has(code)) counts.set(code, (counts.get(code) ?? 0) + 1);
  };
  const { index, rowOf, days } = outlook.base;
  for (const person of index.people) {
    const own = rowOf.get(person.personId);
    const said = own && outlook.isRecordKept(own) ? own.row.unitCodes : [];
    count([...outlook.unitsAfter(person), ...said]);
  }
  for (const one of matches) {
    const counted = isSettled(one) && one.person !== null;
    if (!counted && !isGoneNow(one.row, days)) count(one.row.unitCodes);
  }
  for (const [code, size] of counts) held.set(code, `表里没有这个部门，但还有 ${size} 人，先不撤销`);
  return held;
}
