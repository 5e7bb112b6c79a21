/** Templates of tests: what a case is not about is the same in all of them. */
import { Template } from '../template/template.ts';

/** Name, number and look; no rule reads them. */
export const BASICS = {
  key: 'own',
  version: 1,
  title: '事项',
  numberPrefix: 'SX',
  icon: 'doc',
  hue: 'blue',
  group: '测试',
  titleWords: '事项',
} as const satisfies Partial<Template>;

/** Fields, steps and whatever else the case is about, as a designer writes them. */
export const templateWith = (content: object): Template => Template.parse({ ...BASICS, ...content });
