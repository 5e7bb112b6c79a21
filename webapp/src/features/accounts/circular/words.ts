/** Words of a circular on the phone; they travel with its page. */
export const words = {
  title: '通报',
  draft: '还没有签发',
  issued: (name: string, time: string) => `${name} ${time} 签发`,
  hiddenTitle: '这份通报你看不到',
  hiddenText: '只有涉及的单位、人事处和信息管理人员能看。',
} as const;
