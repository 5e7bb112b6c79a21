import { systemActor } from '../../../kernel/actor.ts';

export const PUSH_ACTOR = systemActor('job:directory.push');
