import { z } from 'zod';
import { RequestKind } from './contract.ts';
import type { SystemSettings } from './model.ts';

const Rule = z.enum(['lock', 'cancel', 'keep']);
const Role = z.string().regex(/^[a-z][A-Za-z]{1,63}$/);

/** A system with a connector is switched on by a few lines here; any other one also in the console (S3-6). */
const System = z.strictObject({
  code: z.string().regex(/^[a-z][a-zA-Z0-9]{1,31}$/),
  name: z.string().min(1).max(32),
  grade: z.enum(['api', 'file', 'manual']),
  byDefault: z.boolean(),
  onLock: Rule,
  onSecondOut: Rule,
  inspected: z.boolean(),
});

const Workdays = z.number().int().min(0).max(30);

const Policy = z
  .strictObject({
    about: z.string().optional(),
    systems: z.array(System).min(1).max(50),
    /** Working days the responsible unit has after the day of the event; 0: the day itself. */
    unitWorkdays: z.record(RequestKind, Workdays),
    /** Working days of who accepts, of who carries one item out, and so on; each at least one. */
    reviewWorkdays: z.number().int().min(1).max(30),
    /** S1-7.2e: until HR's record has a newcomer who is reported. */
    newcomerWorkdays: z.number().int().min(1).max(30).default(1),
    itemWorkdays: z.number().int().min(1).max(30),
    decisionWorkdays: z.number().int().min(1).max(30),
    handoverWorkdays: z.number().int().min(1).max(30),
    replyWorkdays: z.number().int().min(1).max(30),
    /** Calendar days between disabling with empty hands and deletion. */
    graceDays: z.number().int().min(0).max(180),
    trialMinutes: z.number().int().min(1).max(120),
    undoDays: z.number().int().min(0).max(30),
    /** Units by code: who answers for each of `systems`. */
    owners: z.record(z.string(), z.string().min(1)).default({}),
    /** S3-7, S3-8: who brings data links about, and who says what the rules mean. */
    offices: z
      .strictObject({
        coordinatorUnitCode: z.string().min(1).optional(),
        interpreterUnitCode: z.string().min(1).optional(),
      })
      .default({}),
    /** S1-7.3: the one system whose word counts for a domain of data, and the unit that answers for it, by code. */
    authorities: z
      .array(
        z.strictObject({
          domain: z.enum(['staff']),
          systemName: z.string().min(1).max(32),
          ownerUnitCode: z.string().min(1),
        }),
      )
      .max(20)
      .default([]),
    roles: z.strictObject({
      /** Send for the unit they hold the role in. */
      unitSenders: z.array(Role).min(1),
      /** Who is asked first, in this order, when a unit owes something. */
      unitHolders: z.array(Role).min(1),
      /** Carry out and confirm. */
      it: z.array(Role).min(1),
      /** May send for any unit. */
      hr: z.array(Role),
      /** May read why somebody is locked (H5). */
      reasonReaders: z.array(Role),
      /** Accept a complete request, by kind; `other` for kinds not named (S2-14b). */
      acceptors: z.object({ other: z.array(Role).min(1) }).catchall(z.array(Role).min(1)),
    }),
    inspection: z.strictObject({
      /** "One month" runs from this day to the same day of the next month (G7). */
      dayOfMonth: z.number().int().min(1).max(31),
      /** Without one of these no verdict is given. */
      requiredSources: z.record(z.string(), z.array(z.string()).min(1)),
      sourceLabels: z.record(z.string(), z.string()),
      /** S3-4d: letters about leaders go to the named office. */
      leaders: z.array(z.strictObject({ role: Role, officeUnitCode: z.string().min(1) })),
    }),
  })
  .superRefine(({ systems, unitWorkdays, authorities, roles, inspection }, ctx) => {
    const codes = new Set(systems.map(({ code }) => code));
    const fault = (message: string) => ctx.addIssue({ code: 'custom', message });
    if (codes.size !== systems.length) fault('a system is named twice');
    if (new Set(authorities.map(({ domain }) => domain)).size !== authorities.length)
      fault('authorities: a domain has two systems');
    for (const kind of RequestKind.options) {
      if (unitWorkdays[kind] === undefined) fault(`unitWorkdays: ${kind} is missing`);
    }
    for (const kind of Object.keys(roles.acceptors)) {
      if (kind !== 'other' && !RequestKind.safeParse(kind).success) fault(`acceptors: no such kind ${kind}`);
    }
    for (const { code, inspected } of systems) {
      if (inspected && !inspection.requiredSources[code]) fault(`inspection: no sources for ${code}`);
    }
  });

export type AccountsSettings = z.infer<typeof Policy>;

/** `config/accounts.json`: the institution's policy set. @throws an error that names what is wrong with the file */
export const parseAccountsSettings = (json: unknown): AccountsSettings => Policy.parse(json);

export const systemOf = (settings: AccountsSettings, code: string): SystemSettings | null =>
  settings.systems.find((system) => system.code === code) ?? null;

export function acceptorsOf({ roles }: AccountsSettings, kind: RequestKind): readonly string[] {
  return roles.acceptors[kind] ?? roles.acceptors.other;
}
