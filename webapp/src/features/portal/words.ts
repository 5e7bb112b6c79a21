/** Words of the list of everything one may apply for. */
export const words = {
  title: '全部事项',
  placeholder: '搜名称或拼音',
  found: (count: number) => `找到 ${count} 项`,
  nothing: (q: string) => `没有找到“${q}”`,
  nothingText: '换个名称，或用拼音首字母试试。',
} as const;
