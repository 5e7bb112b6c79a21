import type { OpenPersonal } from '../../../platform/audit/index.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';

interface Look {
  readonly id: string;
  readonly after: unknown;
}

/**
 * What values were looked at for. It is in words, so it lies in the personal part (H9); looks of before that have it
 * in the entry itself.
 */
export async function purposesOf(
  reads: Reads,
  openPersonal: OpenPersonal,
  looks: readonly Look[],
): Promise<ReadonlyMap<string, string>> {
  const parts = await openPersonal(
    reads,
    looks.map(({ id }) => id),
  );
  return new Map(
    looks.map(({ id, after }) => {
      const part = parts.get(id);
      const words = part ? (part.state === 'open' ? part.after : null) : after;
      const { purpose = '已销毁' } = (words ?? {}) as { purpose?: string };
      return [id, purpose];
    }),
  );
}
