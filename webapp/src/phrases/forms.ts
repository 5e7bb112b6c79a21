/** Words of the further form controls, apart from zh-CN.ts: they travel with the forms that have them. */
export const words = {
  timeOf: (label: string) => `${label}的时间`,
  yuan: '元',
} as const;
