import { assertNever } from '../../kernel/errors.ts';
import type { RequestEvent, RequestState } from './model.ts';
import { systemOf, type AccountsSettings } from './settings.ts';
import { ACT_WORDS } from './words.ts';

/** One line of a request's history. Says what happened, never why somebody is locked (H5). */
export function eventWords(event: RequestEvent, state: RequestState, settings: AccountsSettings): string {
  const itemWords = (itemId: string): string => {
    const item = state.items.find((one) => one.itemId === itemId);
    if (!item) return '';
    return `${systemOf(settings, item.systemCode)?.name ?? item.systemCode}${ACT_WORDS[item.act]}`;
  };
  switch (event.type) {
    case 'created':
      return '登记';
    case 'filled':
      return '修改表单';
    case 'sent': {
      const unit = state.senders.find(({ unitId }) => unitId === event.unitId)?.unitName ?? '';
      return event.lateWorkdays > 0 ? `${unit}报送，超时 ${event.lateWorkdays} 个工作日` : `${unit}报送`;
    }
    case 'submitted':
      return '报送齐全，待受理';
    case 'awaited':
      return '报送齐全，等人事编号';
    case 'linked':
      return event.how === 'hand' ? '人事处核对后关联到已登记的人' : '人事已登记，自动关联';
    case 'unlinked':
      return '人事处取消关联，等人事编号';
    case 'returned':
      return `退回补正：缺${event.missing.join('、')}`;
    case 'accepted':
      return '受理';
    case 'stageStarted':
      return '开始办理';
    case 'itemDone':
      return `${itemWords(event.itemId)}办妥`;
    case 'itemFailed':
      return `${itemWords(event.itemId)}没有办成`;
    case 'itemRetried':
      return `${itemWords(event.itemId)}重试`;
    case 'released':
      return '准予注销';
    case 'recalled':
      return '撤回注销，恢复原状';
    case 'done':
      return '办结';
    case 'withdrawn':
      return '撤回';
    default:
      return assertNever(event);
  }
}
