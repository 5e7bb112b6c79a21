/** Seals: the register with keepers, the ledger of uses, seals taken out, contract numbers. Instants are epoch ms; words are ready to show. */
import { z } from 'zod';
import { isCalendarDate } from '../../kernel/dates.ts';

export const SEAL_KINDS = ['official', 'contract', 'finance', 'legal', 'unit', 'other'] as const;
export type SealKind = (typeof SEAL_KINDS)[number];
/** approved: nothing stamped yet; partly: some copies are; closed: nothing more is to be stamped; void: never was. */
export const USE_STATES = ['approved', 'partly', 'closed', 'void'] as const;
export type UseState = (typeof USE_STATES)[number];
export const ACT_NAMES = ['stamp', 'close', 'void', 'checkOut', 'giveBack'] as const;
export type ActName = (typeof ACT_NAMES)[number];
export const EVENT_KINDS = [
  'opened',
  'stamped',
  'closed',
  'voided',
  'released',
  'checkedOut',
  'givenBack',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

const Id = z.string().min(1).max(64);
const Cursor = z.string().min(1).max(64);
const Limit = z.coerce.number().int().min(1).max(100).default(30);
const Day = z.string().refine(isCalendarDate, 'not a calendar date');
const Words = (most: number) => z.string().trim().min(2).max(most);
const Version = z.number().int().min(1);
const Named = z.object({ id: z.string(), name: z.string() });
const Query = z.string().trim().max(40).optional();
const Due = z.object({
  dueAt: z.number().nullable(),
  provisional: z.boolean(),
  state: z.enum(['ok', 'today', 'amber', 'overdue', 'none']),
  words: z.string(),
});

export const Done = z.object({ ok: z.literal(true) });
export const ByUse = z.strictObject({ useId: Id });
export const ByFile = z.strictObject({ useId: Id, fileId: Id });
export const BySeal = z.strictObject({ sealId: Id });
export const ByNumber = z.strictObject({ numberId: Id });
export const ByRule = z.strictObject({ ruleId: Id });

/* ---------- a use ---------- */

export const UseBrief = z.object({
  useId: z.string(),
  /** In the ledger of its seal: YZ01-2026-0007. */
  number: z.string(),
  requestId: z.string(),
  requestNumber: z.string(),
  sealName: z.string(),
  document: z.string(),
  applicant: Named,
  unitName: z.string(),
  approvedCopies: z.number(),
  stampedCopies: z.number(),
  state: z.enum(USE_STATES),
  stateWords: z.string(),
  openedAt: z.number(),
  closedAt: z.number().nullable(),
  /** The seal is out for this use. */
  isOut: z.boolean(),
  /** Of the return while it is out, else of the stamping. */
  due: Due.nullable(),
});
export type UseBrief = z.infer<typeof UseBrief>;

export const UseAnswer = UseBrief.extend({
  version: z.number(),
  sealId: z.string(),
  manageUnitName: z.string(),
  keepers: z.array(Named),
  purpose: z.string(),
  /** Working days it may be out; null: not approved to leave the office. */
  outWorkdays: z.number().nullable(),
  contractNumber: z.string(),
  endWords: z.string(),
  needsPhoto: z.boolean(),
  /** By the server's clock; the approval's day is the first that can be recorded. */
  today: z.string(),
  approvedOn: z.string(),
  checkout: z
    .object({ personName: z.string(), outAt: z.number(), backAt: z.number().nullable(), isLate: z.boolean() })
    .nullable(),
  can: z.array(z.enum(ACT_NAMES)),
  events: z.array(
    z.object({
      kind: z.enum(EVENT_KINDS),
      title: z.string(),
      /** When the server was told; `happenedOn` is what was said (R44). */
      recordedAt: z.number(),
      happenedOn: z.string().nullable(),
      words: z.string(),
      fileIds: z.array(z.string()),
    }),
  ),
});
export type UseAnswer = z.infer<typeof UseAnswer>;

const FileIds = z.array(Id).max(6).default([]);
export const ActRequest = z.discriminatedUnion('act', [
  z.strictObject({
    act: z.literal('stamp'),
    version: Version,
    copies: z.number().int().min(1).max(9_999),
    happenedOn: Day,
    fileIds: FileIds,
    words: z.string().trim().max(200).default(''),
  }),
  z.strictObject({ act: z.literal('close'), version: Version, words: Words(200) }),
  z.strictObject({ act: z.literal('void'), version: Version, words: Words(200) }),
  z.strictObject({ act: z.literal('checkOut'), version: Version }),
  z.strictObject({
    act: z.literal('giveBack'),
    version: Version,
    words: z.string().trim().max(200).default(''),
  }),
]);
export type ActRequest = z.infer<typeof ActRequest>;
export const ActAnswer = z.object({ state: z.enum(USE_STATES), version: z.number() });

/* ---------- lists ---------- */

export const OwnQuery = z.strictObject({
  /** What I asked for; what waits for me as keeper; what I recorded. */
  box: z.enum(['mine', 'todo', 'did']).default('mine'),
  cursor: Cursor.optional(),
  limit: Limit,
});
export type OwnQuery = z.infer<typeof OwnQuery>;
export const OwnAnswer = z.object({
  items: z.array(UseBrief),
  next: z.string().nullable(),
  /** Keeps a seal, so that the page has their lists. */
  isKeeper: z.boolean(),
  todo: z.number(),
});
export type OwnAnswer = z.infer<typeof OwnAnswer>;

export const LedgerFilter = {
  state: z.enum([...USE_STATES, 'open', 'out']).optional(),
  sealId: Id.optional(),
  unitId: Id.optional(),
  /** Number, document or applicant. */
  q: Query,
  fromOn: Day.optional(),
  /** The last day that counts. */
  toOn: Day.optional(),
};
export const LedgerQuery = z.strictObject({ ...LedgerFilter, cursor: Cursor.optional(), limit: Limit });
export type LedgerQuery = z.infer<typeof LedgerQuery>;
export const LedgerExportQuery = z.strictObject(LedgerFilter);
export type LedgerExportQuery = z.infer<typeof LedgerExportQuery>;
export const LedgerAnswer = z.object({
  items: z.array(UseBrief),
  next: z.string().nullable(),
  total: z.number(),
  counts: z.object({ approved: z.number(), partly: z.number(), out: z.number() }),
  seals: z.array(Named),
});
export type LedgerAnswer = z.infer<typeof LedgerAnswer>;

/* ---------- the register ---------- */

export const SealView = z.object({
  sealId: z.string(),
  name: z.string(),
  code: z.string(),
  kind: z.enum(SEAL_KINDS),
  kindWords: z.string(),
  unit: Named,
  keepers: z.array(z.object({ id: z.string(), name: z.string(), active: z.boolean(), sinceAt: z.number() })),
  mayGoOut: z.boolean(),
  place: z.string(),
  state: z.enum(['active', 'retired']),
  version: z.number(),
  openUses: z.number(),
  /** With whom it is while it is out. */
  outWith: z.string(),
});
export type SealView = z.infer<typeof SealView>;
export const SealsAnswer = z.object({
  items: z.array(SealView),
  next: z.string().nullable(),
  kinds: z.array(z.object({ key: z.enum(SEAL_KINDS), name: z.string() })),
  /** Units whose seals I may register. */
  units: z.array(Named),
});
export type SealsAnswer = z.infer<typeof SealsAnswer>;
export const SealsQuery = z.strictObject({ q: Query, cursor: Cursor.optional(), limit: Limit });
export type SealsQuery = z.infer<typeof SealsQuery>;

const seal = {
  name: Words(40),
  kind: z.enum(SEAL_KINDS),
  unitId: Id,
  mayGoOut: z.boolean(),
  /** Where it lies. */
  place: z.string().trim().max(60).default(''),
  keeperIds: z.array(Id).min(1).max(5),
};
export const SealRequest = z.strictObject({
  ...seal,
  /** Begins every number of its ledger; never used again. */
  code: z.string().regex(/^[A-Z][A-Z0-9]{1,9}$/),
});
export type SealRequest = z.infer<typeof SealRequest>;
export const ChangeSealRequest = z.strictObject({
  ...seal,
  state: z.enum(['active', 'retired']),
  version: Version,
});
export type ChangeSealRequest = z.infer<typeof ChangeSealRequest>;
export const SealMade = z.object({ sealId: z.string() });

/* ---------- contract numbers ---------- */

const RuleView = z.object({
  ruleId: z.string(),
  name: z.string(),
  pattern: z.string(),
  /** The number as the first of this year would be. */
  example: z.string(),
  unit: Named,
  state: z.enum(['active', 'ended']),
  version: z.number(),
  drawn: z.number(),
});
export type RuleView = z.infer<typeof RuleView>;
export const RulesAnswer = z.object({ items: z.array(RuleView), units: z.array(Named) });
export type RulesAnswer = z.infer<typeof RulesAnswer>;
export const RuleRequest = z.strictObject({
  name: Words(20),
  pattern: z.string().trim().min(8).max(60),
  unitId: Id,
});
export type RuleRequest = z.infer<typeof RuleRequest>;
/** The pattern stays: numbers drawn by it are out in the world. */
export const ChangeRuleRequest = z.strictObject({
  name: Words(20),
  unitId: Id,
  state: z.enum(['active', 'ended']),
  version: Version,
});
export type ChangeRuleRequest = z.infer<typeof ChangeRuleRequest>;
export const RuleMade = z.object({ ruleId: z.string() });

export const NumberView = z.object({
  numberId: z.string(),
  number: z.string(),
  ruleName: z.string(),
  title: z.string(),
  counterparty: z.string(),
  unitName: z.string(),
  applicant: Named,
  requestId: z.string(),
  requestNumber: z.string(),
  drawnAt: z.number(),
  state: z.enum(['active', 'void']),
  endWords: z.string(),
  version: z.number(),
  canVoid: z.boolean(),
  /** Uses of seals for this contract, by their numbers. */
  uses: z.array(z.string()),
});
export type NumberView = z.infer<typeof NumberView>;
const NumbersFilter = {
  state: z.enum(['active', 'void']).optional(),
  ruleId: Id.optional(),
  unitId: Id.optional(),
  q: Query,
  fromOn: Day.optional(),
  toOn: Day.optional(),
};
export const NumbersQuery = z.strictObject({
  ...NumbersFilter,
  /** Only mine; else what I answer for. */
  box: z.enum(['mine', 'all']).default('all'),
  cursor: Cursor.optional(),
  limit: Limit,
});
export type NumbersQuery = z.infer<typeof NumbersQuery>;
export const NumbersExportQuery = z.strictObject(NumbersFilter);
export type NumbersExportQuery = z.infer<typeof NumbersExportQuery>;
export const NumbersAnswer = z.object({
  items: z.array(NumberView),
  next: z.string().nullable(),
  total: z.number(),
  rules: z.array(Named),
});
export type NumbersAnswer = z.infer<typeof NumbersAnswer>;
export const VoidRequest = z.strictObject({ version: Version, words: Words(200) });
