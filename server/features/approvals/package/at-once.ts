import { refused } from '../../../kernel/errors.ts';

/** By one person, from one instance. Each holds a connection and reads attachments as fast as it is read. */
const MOST_AT_ONCE = 2;

/** Counts who is taking packages out right now. */
export function createTurns(most = MOST_AT_ONCE) {
  const taking = new Map<string, number>();
  return {
    /**
     * @returns to be called once it is over, however it ended
     * @throws refused `approvals.package_busy`
     */
    begin(personId: string): () => void {
      const now = taking.get(personId) ?? 0;
      if (now >= most) throw refused('approvals.package_busy', { most });
      taking.set(personId, now + 1);
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        const left = (taking.get(personId) ?? 1) - 1;
        if (left > 0) taking.set(personId, left);
        else taking.delete(personId);
      };
    },
  };
}
