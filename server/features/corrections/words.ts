import type { Owner, State } from './contract.ts';
import type { EventKind } from './engine.ts';
import { OWNERS } from './owner.ts';

export const STATE_WORDS: Readonly<Record<State, string>> = {
  open: '待答复',
  corrected: '已更正',
  refused: '未更正',
  withdrawn: '已撤回',
};

export function eventWords(kind: EventKind, owner: Owner): string {
  const ownerName = OWNERS[owner].name;
  const words: Readonly<Record<EventKind, string>> = {
    raised: `提出申请，交${ownerName}`,
    sentOn: `转给${ownerName}`,
    corrected: '答复：已更正',
    refused: '答复：不更正',
    withdrawn: '撤回申请',
    revealed: '查看了申请的完整内容',
    proofRead: '打开了证明材料',
  };
  return words[kind];
}
