import { reactive, ref, type Ref } from 'vue';
import { asFailure } from '../../../api/failure.ts';
import { replyFor } from '../api.ts';
import type { LetterAccount, Reply } from '../shapes.ts';

type Outcome = 'done' | 'refused' | 'unanswered';

export interface Sending {
  readonly done: number;
  readonly all: number;
}

export interface Replies {
  /** By letter item: what came of this visit's answers. */
  readonly replies: Record<string, { requestId: string | null; problem: string }>;
  readonly sending: Ref<Sending | null>;
  /** Null: an earlier one is still on its way. */
  readonly sendAll: (
    accounts: readonly LetterAccount[],
    reply: Reply,
  ) => Promise<{ done: number; failed: string[] } | null>;
}

/**
 * The same answer for several accounts, one call each, one after the other: one that is refused says why and the rest
 * goes on. Once the network is gone the rest waits for the next try.
 */
export function useReplies(): Replies {
  const replies = reactive<Record<string, { requestId: string | null; problem: string }>>({});
  const sending = ref<Sending | null>(null);

  async function sendAll(accounts: readonly LetterAccount[], reply: Reply) {
    if (sending.value !== null) return null;
    const failed: string[] = [];
    let isDown = false;
    for (const [at, { letterItemId }] of accounts.entries()) {
      sending.value = { done: at, all: accounts.length };
      const answered: Outcome | null = isDown ? null : await one(letterItemId, reply);
      isDown ||= answered === 'unanswered';
      if (answered !== 'done') failed.push(letterItemId);
    }
    sending.value = null;
    return { done: accounts.length - failed.length, failed };
  }

  async function one(letterItemId: string, reply: Reply): Promise<Outcome> {
    try {
      const { requestId } = await replyFor(letterItemId, reply);
      replies[letterItemId] = { requestId, problem: '' };
      return 'done';
    } catch (error) {
      const found = asFailure(error);
      replies[letterItemId] = { requestId: null, problem: found.message };
      return found.unanswered ? 'unanswered' : 'refused';
    }
  }

  return { replies, sending, sendAll };
}
