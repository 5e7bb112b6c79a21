import { z } from 'zod';

/** A name in a template, safe as a key of an object and in a title. */
export const Key = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,39}$/, '只能用字母和数字，并以小写字母开头')
  .refine((key) => !(key in {}), '这个名字不能用，请换一个');

/** What people read beside a field, an option or a step. */
export const Label = z.string().min(1).max(20);
