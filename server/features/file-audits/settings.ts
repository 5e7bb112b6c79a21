import { z } from 'zod';

const Roles = z.array(z.string().min(1)).min(1);
const Settings = z.strictObject({
  about: z.string().optional(),
  /** Who makes plans, starts, follows and ends them; for the whole institution. */
  makerRoles: Roles,
  /** S1-7.1: is a plan started by another person than who wrote it last? */
  secondPersonStarts: z.boolean().default(true),
  /** Who reviews for a unit: asked in this order, nearest unit first. */
  unitRoles: Roles,
  /** Codes of units whose people can be named as HR's reviewers, beside the holders of `makerRoles`. */
  reviewerUnits: z.array(z.string()).default([]),
  /** S1-22a: codes of units that see counts and scores, and nothing of a person. */
  supervisorUnits: z.array(z.string()).default([]),
});

export type FileAuditSettings = Readonly<Omit<z.infer<typeof Settings>, 'about'>>;

/** `config/file-audits.json`. @throws an error that names what is wrong with the file */
export const parseFileAuditSettings = (json: unknown): FileAuditSettings => Settings.parse(json);
