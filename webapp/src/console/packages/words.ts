/** Words of packages of a period; they travel with their page. */
const UNITS = ['B', 'KB', 'MB', 'GB'] as const;

export const w = {
  title: '卷宗',
  what: '要过的卷宗',
  lead: '把一段时间的申请整份导出：每件一个文件夹，有表单、办理过程、附件和可核验的操作记录，另有目录。做好会通知您，七天内可以取用。',
  ask: '要一份',
  askTitle: '要一段时间的卷宗',
  askLead: '按提交日期，两头都算。导出会逐件记入操作日志。',
  most: (count: number) => `一份最多 ${String(count)} 件。`,
  columns: {
    range: '提交日期',
    kind: '类型',
    unit: '部门',
    cases: '件数',
    state: '状态',
    size: '大小',
    at: '要的时间',
    act: '',
  },
  all: { kinds: '全部类型', units: '全部部门', mine: '我负责的全部部门' },
  fields: { from: '从', to: '到', kind: '类型', unit: '部门', purpose: '用途' },
  purposeHint: '给谁、做什么用，至少两个字',
  range: (from: string, to: string) => `${from} 至 ${to}`,
  states: { making: '正在做', ready: '可以取用', failed: '没有做成' },
  progress: (done: number, all: number) => `已做 ${String(done)} / ${String(all)} 件`,
  taken: '取过',
  take: '取用',
  asked: (cases: number) => `开始做了，共 ${String(cases)} 件，做好通知您`,
  failedText: '请缩小时间、类型或部门再要一次',
  none: '还没有要过卷宗',
  noneText: '要审计、巡察或归档时，在这里按时间导出。',
  size(bytes: number): string {
    const step = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
    const value = bytes / 1024 ** step;
    return `${step === 0 ? String(bytes) : value.toFixed(1)} ${UNITS[step] ?? 'B'}`;
  },
} as const;
