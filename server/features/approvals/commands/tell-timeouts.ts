/** Who hears that somebody did not act in time. A task that moved brings its own card. */
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { queueCard, queueText, textWithLink } from '../../messaging/index.ts';
import { lateCard } from '../cards/task.ts';
import type { CardContext } from '../cards/context.ts';
import type { TimeoutState } from '../model/timeouts.ts';
import type { ApprovalsContext } from './deps.ts';
import type { Happening } from './happening.ts';
import { to } from './task-clocks.ts';

export async function tellTimeouts(
  ctx: ApprovalsContext,
  tx: Tx,
  cards: CardContext,
  { before }: Happening,
): Promise<void> {
  const { state } = cards;
  for (const one of (state.timeouts ?? []).slice(before?.timeouts?.length ?? 0)) {
    if (one.act === 'remind') {
      queueCard(tx, to(state, 'approvals.late', one.holder.personId, one.timeoutId), lateCard(cards));
      continue;
    }
    if (one.act === 'pass' || (one.act === 'handToSuperior' && one.people.length > 0)) continue;
    const told = one.people.length > 0 ? one.people.map(({ personId }) => personId) : await ctx.adminIds(tx);
    for (const personId of new Set(told))
      queueText(tx, to(state, 'approvals.overdue', personId, one.timeoutId), overdueText(cards, one));
  }
}

/** The link leads to one's own list: whoever is told hears that somebody is late, and does not see what is asked for. */
function overdueText({ state, template, publicUrl }: CardContext, { holder, people }: TimeoutState): string {
  const what = template.sensitive ? template.title : `${state.applicant.name} 的“${state.title}”`;
  const nobody = people.length > 0 ? '' : '，没有上级可以接手';
  const words = `${holder.unitName} ${holder.name} 处的${what}（${state.number}）超时未处理${nobody}，请督促。`;
  return textWithLink(words, `${publicUrl}/todo`, '打开我的待办');
}
