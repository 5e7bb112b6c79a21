import type { DriftDeps } from '../features/directory/index.ts';
import type { Supervision } from '../features/supervision/index.ts';
import type { Reads } from '../platform/db/unit-of-work.ts';

const SUBJECT = 'directoryDifference';

/**
 * Directory lies below supervision, so what it asks HR becomes an obligation here: of the roster's maintainer, with a
 * clock of three working days.
 */
export const driftQuestions = (
  supervision: Pick<Supervision, 'openObligation' | 'closeObligations'>,
  maintainerIds: (reads: Reads) => Promise<readonly string[]>,
): Pick<DriftDeps['sockets'], 'askHr' | 'answeredHr'> => ({
  async askHr(tx, { differenceId, title, path, unitId }) {
    const [holder] = await maintainerIds(tx);
    supervision.openObligation(tx, {
      kind: 'directory.drift',
      subjectType: SUBJECT,
      subjectId: differenceId,
      stepRef: differenceId,
      title,
      path,
      holderPersonId: holder ?? null,
      holderUnitId: holder === undefined ? unitId : null,
      budget: { workdays: 3 },
    });
  },
  async answeredHr(tx, differenceId) {
    await supervision.closeObligations(tx, {
      subjectType: SUBJECT,
      subjectId: differenceId,
      outcome: 'settled',
    });
  },
});
