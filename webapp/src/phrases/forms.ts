/** Words of the further form controls, apart from zh-CN.ts: they travel with the forms that have them. */
export const words = {
  timeOf: (label: string) => `${label}的时间`,
  yuan: '元',
  addPicture: '添加图片',
  clear: (name: string) => `不选${name}`,
  idKept: '只加密保存，页面上打码显示。',
  reveal: (label: string) => `查看完整的${label}`,
  show: '显示',
} as const;
