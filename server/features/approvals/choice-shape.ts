import { z } from 'zod';

/** What a template writes besides what all fields have: the name under which a room offers options. */
export const choiceShape = {
  type: z.literal('choice'),
  source: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, '只能用字母和数字，并以小写字母开头'),
};
