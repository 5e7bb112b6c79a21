import type { TroubleSocket } from '../features/hr/index.ts';
import type { Supervision } from '../features/supervision/index.ts';
import type { Reads } from '../platform/db/unit-of-work.ts';

const SUBJECT = 'hrSource';

/** A source of HR that cannot be read is the maintainers' business until it is: one clock a source, however often it fails. */
export const tellOfSources = (
  supervision: Supervision,
  maintainerIds: (reads: Reads) => Promise<readonly string[]>,
): TroubleSocket => ({
  async failed(tx, { sourceId, name, fetchId, words }) {
    const known = await supervision.listOfSubjects(tx, SUBJECT, [sourceId]);
    if (known.some(({ state }) => state === 'open')) return;
    const [holderPersonId = null] = await maintainerIds(tx);
    supervision.openObligation(tx, {
      kind: 'hr.source',
      subjectType: SUBJECT,
      subjectId: sourceId,
      stepRef: fetchId,
      title: `数据来源“${name}”：${words}`,
      path: '/console/sources',
      holderPersonId,
      holderUnitId: null,
      budget: { workdays: 1 },
    });
  },
  async settled(tx, sourceId) {
    await supervision.closeObligations(tx, { subjectType: SUBJECT, subjectId: sourceId, outcome: 'settled' });
  },
});
