import type { Prng } from './prng.ts';

/** Everybody is invented; a name that belongs to somebody is chance. */
const SURNAMES = [
  ...'王王王李李李张张张刘刘陈陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈姜崔钟谭陆汪范廖石金韦贾夏付方邹熊白孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
] as unknown as readonly [string, ...string[]];

const MALE = [
  ...'伟强磊洋勇军杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林欢翔乐晨轩博泽诚毅峰瑞哲远航',
] as unknown as readonly [string, ...string[]];

const FEMALE = [
  ...'芳娜敏静丽艳娟霞秀燕玲桂英红梅莉萍婷慧雪倩颖洁琳莹蕾薇悦怡欣雨佳琪璐妍蓉岚瑶晴',
] as unknown as readonly [string, ...string[]];

const SECOND = [
  '',
  '',
  '',
  '志',
  '建',
  '文',
  '晓',
  '海',
  '春',
  '国',
  '玉',
  '子',
  '思',
  '嘉',
  '一',
  '小',
  '新',
] as const;

/** Surnames whose reading or length software gets wrong, and one name that is not Han. */
export const RARE_NAMES = [
  '单雄信',
  '仇丽华',
  '解晓东',
  '查文轩',
  '区志强',
  '欧阳静',
  '尉迟明',
  '万俟清',
  '盖春雨',
  '朴英姬',
  '阿依古丽·买买提',
  '乐嘉音',
] as const;

/** Names that several people share: 王伟 three times, the others twice. */
export const REPEATED_NAMES = [
  '王伟',
  '王伟',
  '王伟',
  '李娜',
  '李娜',
  '张敏',
  '张敏',
  '刘洋',
  '刘洋',
] as const;

export function inventName(prng: Prng): string {
  const given = prng.next() < 0.52 ? prng.pick(FEMALE) : prng.pick(MALE);
  return `${prng.pick(SURNAMES)}${prng.pick(SECOND)}${given}`;
}
