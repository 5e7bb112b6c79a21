import { w } from '../words.ts';

/** ◆ one to three working days, ■ longer (CONSOLE.md section 3): shape and word beside the colour. */
export const lateTone = (workdays: number): { tone: 'orange' | 'red'; words: string } =>
  workdays > 3
    ? { tone: 'red', words: `■ ${w.late.by(workdays)}` }
    : { tone: 'orange', words: `◆ ${w.late.by(workdays)}` };
