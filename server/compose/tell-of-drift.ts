import type { DriftDeps } from '../features/directory/index.ts';
import { queueText, textWithLink } from '../features/messaging/index.ts';
import { dateOf } from '../kernel/dates.ts';
import type { Reads } from '../platform/db/unit-of-work.ts';

/** A mass of differences goes to the roster's maintainers and the super administrators at once. */
export const tellOfDrift = (
  publicUrl: string,
  ...who: readonly ((reads: Reads) => Promise<readonly string[]>)[]
): Pick<DriftDeps['sockets'], 'tellMass'> => ({
  async tellMass(tx, { subjects, total, path }) {
    const words = `通讯录里有 ${subjects} 个人或单位和企业微信对不上（一共 ${total} 个），自动放回已停，没有写入任何内容。请先弄清是谁批量改的。`;
    const personIds = new Set<string>();
    for (const idsOf of who) for (const personId of await idsOf(tx)) personIds.add(personId);
    for (const personId of personIds)
      queueText(
        tx,
        {
          kind: 'directory.drift_mass',
          personId,
          subjectType: 'drift',
          subjectId: dateOf(tx.now),
          ref: dateOf(tx.now),
        },
        textWithLink(words, `${publicUrl}${path}`, '打开通讯录差异'),
      );
  },
});
