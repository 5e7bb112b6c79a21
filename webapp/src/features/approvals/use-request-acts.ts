import { ref, type Ref } from 'vue';
import { post } from '../../api/http.ts';
import type { ActAnswer, InstanceAnswer, RemindAnswer, RevokeAnswer } from '../../api/shapes.ts';
import { words as returnWords } from '../../phrases/returns.ts';
import { t } from '../../phrases/zh-CN.ts';
import { toast } from '../../ui/toast.ts';
import { useAct } from '../../ui/use-act.ts';
import type { Loaded } from '../../ui/use-load.ts';
import { useSheets } from '../../ui/use-sheet.ts';
import type { ActName } from './ActionBar.vue';

/** Said only when it was said. */
const maybe = (name: string, words: string): Record<string, string> =>
  words === '' ? {} : { [name]: words };

/**
 * What one does on the page of a request, and the sheet each is done in. An act is sent once, tells what came of it,
 * closes its sheet and shows the new state; `problem` is why one did not succeed.
 * @param root path of the request in the API
 */
export function useRequestActs(
  root: Readonly<Ref<string>>,
  { data, reload }: Pick<Loaded<InstanceAnswer>, 'data' | 'reload'>,
) {
  const problem = ref('');
  const sending = ref<ActName | null>(null);
  const sheets = useSheets();
  const { busy, failure, run } = useAct();

  async function act<T extends { words: string }>(
    name: ActName | null,
    send: () => Promise<T>,
    tell: (answer: T) => void,
  ): Promise<void> {
    problem.value = '';
    sending.value = name;
    const answer = await run(send);
    sending.value = null;
    if (answer) {
      await sheets.close();
      tell(answer);
      await reload();
      return;
    }
    const found = failure.value;
    if (!found) return;
    const changed = found.status === 409 || found.status === 404;
    if (changed) await sheets.close();
    problem.value = found.message;
    if (changed || sheets.current.value === '') toast({ words: found.message, tone: 'bad' });
    if (changed) await reload();
  }
  const onTask = (name: ActName | null, verb: string, body: object): Promise<void> => {
    const taskId = encodeURIComponent(data.value?.myTask?.taskId ?? '');
    return act(name, () => post<ActAnswer>(`/api/approvals/tasks/${taskId}/${verb}`, body), tellDecision);
  };
  const onRequest = (name: ActName | null, verb: string, body: object): Promise<void> =>
    act(name, () => post<ActAnswer>(`${root.value}/${verb}`, body), tellDecision);

  return {
    problem,
    sending,
    sheets,
    busy,
    sign: (signature: object, comment: string) =>
      onTask('approve', 'approve', { signature, ...maybe('comment', comment) }),
    approve: (comment: string) => onTask('approve', 'approve', maybe('comment', comment)),
    reject: (comment: string) => onTask('reject', 'reject', { comment }),
    transfer: (toPersonId: string, comment: string) =>
      onTask(null, 'transfer', { toPersonId, ...maybe('comment', comment) }),
    sendBack: (toStepKey: string | null, reason: string) =>
      onTask('sendBack', 'send-back', { toStepKey, reason }),
    circulate: (personIds: string[], note: string) =>
      onRequest(null, 'circulate', { personIds, ...maybe('note', note) }),
    withdraw: (reason: string) => onRequest('withdraw', 'withdraw', maybe('reason', reason)),
    terminate: (reason: string) => onRequest(null, 'terminate', { reason }),
    comment: (clientKey: string, text: string, mentions: string[], fileIds: string[]) =>
      act(
        'comment',
        () =>
          post<ActAnswer>(`${root.value}/comment`, {
            clientKey,
            text,
            ...(mentions.length > 0 ? { mentions } : {}),
            ...(fileIds.length > 0 ? { fileIds } : {}),
          }),
        () => toast({ words: t.detail.commentDone }),
      ),
    revoke: (reason: string) =>
      act('revoke', () => post<RevokeAnswer>(`${root.value}/revoke`, { reason }), tellRevocation),
    remind: () =>
      act(
        'remind',
        () => post<RemindAnswer>(`${root.value}/remind`),
        ({ words }) => toast({ words }),
      ),
  };
}

function tellDecision(answer: ActAnswer): void {
  const words = [answer.words.replace(/。$/, ''), answer.nextWords].filter(Boolean).join('，');
  const next = answer.nextItem;
  toast({
    words,
    ...(next ? { link: { words: t.common.next, to: `/approvals/${next.instanceId}` } } : {}),
  });
}

function tellRevocation({ words, released, kept }: RevokeAnswer): void {
  toast({ words: [words, ...released, ...kept.map((what) => returnWords.revoke.kept(what))].join('，') });
}
