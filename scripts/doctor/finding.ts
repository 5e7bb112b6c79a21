/** One line of the doctor. `attention`: works today, will not always. */
export interface Finding {
  readonly state: 'fine' | 'attention' | 'fault';
  readonly text: string;
  /** What to do; always there when something is not fine. */
  readonly cure?: string;
}

export const fine = (text: string): Finding => ({ state: 'fine', text });
export const attention = (text: string, cure: string): Finding => ({ state: 'attention', text, cure });
export const fault = (text: string, cure: string): Finding => ({ state: 'fault', text, cure });

const MARKS = { fine: '✓', attention: '!', fault: '✗' } as const;

/** `✗ what is wrong`, and below it `→ what to do`. */
export function print({ state, text, cure }: Finding): string {
  return `${MARKS[state]} ${text}${cure === undefined ? '' : `\n    → ${cure}`}`;
}
