/** Sample answers; all names are fictional. */
import { at } from '../../testing/shell.ts';
import { item, request, sender } from './testing.ts';
import type { CancellationAnswer, RequestAnswer } from '../api.ts';

const hour = 3_600_000;

const day = 24 * hour;

export const cancellation = (part: Partial<CancellationAnswer> = {}): CancellationAnswer => ({
  requestId: 'r4',
  personId: 'liang',
  step: 'disabled',
  toldAt: at - 3 * day,
  disabledAt: at - 3 * day + hour,
  handedOverAt: null,
  graceUntilAt: null,
  deletedAt: null,
  backup: null,
  sheetId: 's1',
  obstacles: ['交接没有办完', '本人没有确认备份，单位也没有说明', '等待期没有满'],
  can: { backUp: true, recall: true, remove: false },
  ...part,
});

export const cancelRequest = (): RequestAnswer =>
  request({
    requestId: 'r4',
    number: '2026-0108',
    kind: 'cancel',
    kindWords: '注销',
    title: '注销账号：梁老师',
    personId: 'liang',
    personName: '梁老师',
    status: 'executing',
    statusWords: '办理中',
    filled: {
      kind: 'cancel',
      form: { unitId: 'jixie', leftOn: '2026-11-17', leavingReason: 'retired', reason: '' },
    },
    senders: [sender({ lateWorkdays: 2 })],
    items: [
      item({
        act: 'disable',
        actWords: '停用',
        proof: { note: '已停用，已退出登录', fileId: null, byName: '接口', at },
      }),
      item({
        itemId: 'i9',
        act: 'cancel',
        actWords: '注销',
        stage: 1,
        status: 'waiting',
        proof: null,
      }),
    ],
  });
