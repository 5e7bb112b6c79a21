import { z } from 'zod';
import { isCalendarDate } from '../../kernel/dates.ts';

const Day = z.string().refine(isCalendarDate, 'not a calendar date');
/** Working minutes, or working days that end with the office's day (R34). */
const Time = z.union([
  z.strictObject({ minutes: z.number().int().min(1) }),
  z.strictObject({ workdays: z.number().int().min(1) }),
]);
export type Time = z.infer<typeof Time>;

const Category = z.strictObject({
  key: z.string().regex(/^[a-z][a-zA-Z]{0,31}$/),
  name: z.string().min(1).max(20),
  icon: z.string(),
  /** As delegations name it and whose heads give it out, where that is another unit than for the rest (S2-A11e). */
  moduleKey: z.string().min(1).optional(),
  dispatchUnits: z.array(z.string()).min(1).optional(),
  /** Given to a person by the rule (category × place), or by somebody's hand. */
  dispatch: z.enum(['rule', 'hand']).default('rule'),
  takeOver: Time,
  resolve: Time,
  /** Done is shown by a photo. */
  photoWhenDone: z.boolean().default(true),
  /** Said before the form is filled in. */
  urgent: z.string().default(''),
});
export type Category = Readonly<z.infer<typeof Category>>;

const Settings = z
  .strictObject({
    about: z.string().optional(),
    /** As delegations name it (config/modules.json). */
    moduleKey: z.string().min(1),
    /** Codes of units whose heads dispatch, for the whole institution. */
    dispatchUnits: z.array(z.string()),
    categories: z.array(Category).min(1),
    /** Working days after which done counts as accepted, by nobody. */
    autoConfirmWorkdays: z.number().int().min(1).max(30),
    /** The first day no longer belongs to it. */
    terms: z.array(z.strictObject({ name: z.string().min(1), fromOn: Day, untilOn: Day })),
  })
  .refine(
    ({ categories }) => new Set(categories.map(({ key }) => key)).size === categories.length,
    'a category twice',
  )
  .refine(
    ({ terms }) =>
      terms.every((one, at) => one.fromOn < one.untilOn && (terms[at - 1]?.untilOn ?? '') <= one.fromOn),
    'terms in order, none over another',
  );

export type RepairSettings = Readonly<Omit<z.infer<typeof Settings>, 'about'>>;

/** Who answers for a category: the module it is delegated under, and the units whose heads give it out. */
export interface Desk {
  readonly moduleKey: string;
  readonly dispatchUnits: readonly string[];
}

/** A category that is no longer offered lies with the units for everything. */
export function deskOf({ categories, ...whole }: DeskSettings, key: string): Desk {
  const own = categories.find((one) => one.key === key);
  return {
    moduleKey: own?.moduleKey ?? whole.moduleKey,
    dispatchUnits: own?.dispatchUnits ?? whole.dispatchUnits,
  };
}
export type DeskSettings = Pick<RepairSettings, 'moduleKey' | 'dispatchUnits' | 'categories'>;

/** For what was reported: a category that is no longer offered keeps its key as its name, and can still be mended. */
export const categoryOrPlain = ({ categories }: Pick<RepairSettings, 'categories'>, key: string): Category =>
  categories.find((one) => one.key === key) ?? {
    key,
    name: key,
    icon: 'wrench',
    dispatch: 'hand',
    takeOver: { workdays: 1 },
    resolve: { workdays: 5 },
    photoWhenDone: false,
    urgent: '',
  };

/** `config/repairs.json`. @throws an error that names what is wrong with the file */
export const parseRepairSettings = (json: unknown): RepairSettings => Settings.parse(json);
