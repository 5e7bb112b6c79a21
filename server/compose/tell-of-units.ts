import type { Access, OrgWithRoles, RoleCatalog } from '../features/access/index.ts';
import type { Directory } from '../features/directory/index.ts';
import type { UnitActNote } from '../features/hr/index.ts';
import { queueText, textWithLink } from '../features/messaging/index.ts';
import type { Supervision } from '../features/supervision/index.ts';
import type { Reads, Tx } from '../platform/db/unit-of-work.ts';

/** What acts about units have to say to somebody, with the page it is about; `hr.unit_act:…` is of kind `hr.unit_act`. */
export const tellOfUnitActs =
  (publicUrl: string) =>
  (tx: Tx, { key, personId, words, path }: UnitActNote): void =>
    queueText(
      tx,
      { kind: key.split(':', 1)[0] ?? key, personId, subjectType: 'unitAct', subjectId: personId, ref: key },
      textWithLink(words, `${publicUrl}${path}`),
    );

/**
 * A unit is over: whoever keeps the roster and gives roles is told what ended with it and has to be given anew, and
 * which sets of people still name it (S1-7.2c). Nothing of it is given to the successor by itself (H3).
 */
export function tellOfEndedUnits({
  access,
  directory,
  roles,
  publicUrl,
  toldIds,
}: {
  readonly access: Access;
  readonly directory: Directory;
  readonly roles: RoleCatalog;
  readonly publicUrl: string;
  readonly toldIds: (reads: Reads) => Promise<readonly string[]>;
}): void {
  const tell = async (tx: Tx, what: string, unitId: string, words: string, path: string): Promise<void> => {
    for (const personId of new Set(await toldIds(tx)))
      queueText(
        tx,
        {
          kind: `directory.unit_${what}`,
          personId,
          subjectType: 'unit',
          subjectId: unitId,
          ref: `${unitId}:${tx.now}`,
        },
        textWithLink(words, `${publicUrl}${path}`),
      );
  };
  const become = (org: OrgWithRoles, unitId: string): string => {
    const unit = org.unit(unitId);
    const successor = unit?.successorId ? org.unit(unit.successorId) : null;
    return successor ? `${unit?.name ?? ''}已并入${successor.name}` : `${unit?.name ?? ''}已撤销`;
  };
  access.onUnitRightsEnded(async (tx, { unitId, rights }) => {
    const org = await access.orgOf(tx);
    const nameOf = (role: string | null) => (role === null ? '分级管理' : (roles.get(role)?.name ?? role));
    const ended = rights.map(({ personId, role }) => `${nameOf(role)} ${org.person(personId)?.name ?? ''}`);
    const named = ended.length > SHOWN ? [...ended.slice(0, SHOWN), `等 ${ended.length} 项`] : ended;
    const words = `${become(org, unitId)}。随之结束的权限：${named.join('、')}。需要的请另行指定。`;
    await tell(tx, 'rights_ended', unitId, words, '/console/rights');
  });
  directory.onUnitEnded(async (tx, { unitId }) => {
    const sets = await directory.setsNaming(tx, unitId);
    if (sets.length === 0) return;
    const names = sets.map(({ name }) => `“${name}”`).join('、');
    const words = `${become(await access.orgOf(tx), unitId)}。人员集合${names}的规则还写着它，里面已经没有人，请改规则。`;
    await tell(tx, 'in_sets', unitId, words, '/console/sets');
  });
}

const SHOWN = 10;

/**
 * Clocks that other rooms run and a unit that is over answered for: the same holder, now answered for by the unit in
 * its place, so that a later breach is not on something that is no more (G9).
 */
export const moveClocksOfEndedUnits =
  (directory: Directory, supervision: Supervision) =>
  async (tx: Tx, { unitId }: { readonly unitId: string }): Promise<void> => {
    const place = (await directory.orgOf(tx)).placeOf(unitId);
    if (!place) return;
    for (const { subjectType, subjectId, stepRef, holderPersonId } of await supervision.listOfUnit(
      tx,
      unitId,
    ))
      await supervision.transferObligations(tx, {
        subjectType,
        subjectId,
        refs: [stepRef],
        toPersonId: holderPersonId,
        toUnitId: place.unitId,
        reason: 'unit_ended',
      });
  };
