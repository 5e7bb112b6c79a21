import { createHash } from 'node:crypto';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import type { Tx } from '../../platform/db/unit-of-work.ts';
import { enqueue, type JobDefinition, RunAgain } from '../../platform/jobs/index.ts';
import { type Menu, RetryLater, StopAll, type WeCom } from '../../wecom/index.ts';
import { waitFor } from './send.ts';

const MENU_JOB = 'messaging.set_menu';
export const HELP_KEY = 'help';

/** At the foot of the app's chat: 待办, 申请, 帮助. */
const menuOf = (publicUrl: string): Menu => [
  { name: '待办', type: 'view', url: `${publicUrl}/todo` },
  { name: '申请', type: 'view', url: `${publicUrl}/` },
  { name: '帮助', type: 'click', key: HELP_KEY },
];

/** Put the menu in place once per content; called at every start. */
export function enqueueMenu(tx: Tx, publicUrl: string): void {
  const hash = createHash('sha256')
    .update(canonicalJson(menuOf(publicUrl)))
    .digest('hex');
  enqueue(tx, { name: MENU_JOB, key: hash, payload: {} });
}

export const menuJob = (wecom: Pick<WeCom, 'menu'>, publicUrl: string): JobDefinition => ({
  name: MENU_JOB,
  async handle({ now }) {
    try {
      await wecom.menu.create(menuOf(publicUrl));
    } catch (error) {
      if (!(error instanceof RetryLater) && !(error instanceof StopAll)) throw error;
      throw new RunAgain(waitFor(error, now) ?? now + 60_000, error.message);
    }
  },
});
