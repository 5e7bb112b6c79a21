import type { Story } from '../../../../server/sandbox/contract.ts';

/** The newcomer's story is data of whoever starts the sandbox; the phone knows no product words. */
export type { Story };
export type StoryStep = Story['steps'][number];
/** How a chat shows that a step is done. */
export type CardSign = StoryStep['done'];
