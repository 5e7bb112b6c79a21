/** What our own record proves: who signed in through 企业微信, and who did something in one of our rooms. */
import { instantOf } from '../../../kernel/dates.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { EvidenceSource } from './sources.ts';
import type { InspectionWindow } from './window.ts';

/** Both are acts in this system, whose pages live there. */
export const ownEvidence = (systemCode: string): readonly EvidenceSource[] => [
  source('session', systemCode, "e.action = 'access.signIn'"),
  source('ownActs', systemCode, "e.action <> 'access.signIn'"),
];

/** The record is complete up to now. By person, so that each is found by the record's index. */
const source = (code: string, systemCode: string, which: string): EvidenceSource => ({
  code,
  systemCodes: [systemCode],
  async read(reads: Reads, window: InspectionWindow) {
    const rows = await reads.em.query<{ personId: string; lastAt: number | string }[]>(
      `select a.personId, max(e.at) as lastAt from account a
       join audit_entry e on e.actorId = a.personId and e.at >= ? and e.at < ?
       where a.systemCode = ? and e.actorKind = 'person' and ${which} group by a.personId`,
      [instantOf(window.fromOn), instantOf(window.untilOn), systemCode],
    );
    return {
      cutOffAt: reads.now,
      last: new Map(rows.map(({ personId, lastAt }) => [personId, Number(lastAt)])),
    };
  },
});
