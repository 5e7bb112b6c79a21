/** Words of exchange files. */
import { num } from '../../ui/num.ts';

export const exchangeWords = {
  exchange: {
    sub: '没有接口的系统：下载要办的，到那边办好，再把回执拿回来核对、确认。',
    header: ['办理编号', '申请单号', '工号', '姓名', '办理', '变更事项'],
    fileName: (system: string, day: string) => `${system}-待办-${day}.csv`,
    download: '下载待办文件',
    chosen: (n: number) => `已选 ${num(n)} 行`,
    confirm: (n: number) => (n > 0 ? `确认 ${num(n)} 行已办` : '确认已办'),
    receipt: '按回执勾选',
    matched: (n: number, unknown: number) =>
      unknown > 0
        ? `回执里的 ${num(n)} 行已勾选，另有 ${num(unknown)} 行不在清单里`
        : `回执里的 ${num(n)} 行已勾选`,
    noMatch: (name: string) => `“${name}”里没有这里的办理编号。请用下载的文件，留下办好的行再传。`,
    unreadable: (name: string) => `“${name}”读不了。请另存成 .csv 或 .xlsx 再传。`,
    byReceipt: (name: string) => `按回执 ${name} 核对`,
    phrase: (n: number) => `确认${n}行`,
    choose: (name: string, act: string) => `选中${name}的${act}`,
    change: (item: string, before: string, after: string) => `${item}：${before || '—'} → ${after || '—'}`,
    empty: (system: string) => (system ? `${system}没有等着办的` : '没有等着办的'),
    emptyText: '受理并开始办理的申请，文件交换和人工办的项会列在这里。',
    confirmLead: (system: string) => `确认后记为${system}已办妥，这些行的凭证是一样的。`,
    confirmed: (n: number) => `${num(n)} 行已确认`,
    someFailed: '有几行没确认成',
    result: (done: number, failed: number) =>
      `${num(done)} 行已确认，${num(failed)} 行没成，还勾着，请逐行打开申请看。`,
    tooMany: (most: number) => `一次最多确认 ${num(most)} 行，请分几次`,
  },
} as const;
