import type { Reads, Tx, Db } from '../../platform/db/unit-of-work.ts';
import type { PersonActor } from '../../kernel/actor.ts';
import { dateOf } from '../../kernel/dates.ts';
import type { JobDefinition, Schedule } from '../../platform/jobs/index.ts';
import type { Keeping } from '../../platform/keeping/index.ts';
import type { Route } from '../../platform/http/route.ts';
import type { PersonChange, UnitEnd } from '../directory/index.ts';
import type { AccountsContext } from './commands/context.ts';
import { takeStock } from './commands/stock.ts';
import { type Duty, noteDuty, onPersonChanged } from './commands/duties.ts';
import { hearOf } from './commands/personnel-news.ts';
import { type Connector, registerConnectors } from './connectors.ts';
import { chosenSuccessor, countHeld, holdingsOf } from './handover/store.ts';
import { onUnitEnded, openOfUnit } from './ended-unit.ts';
import type { HoldingProvider } from './handover/model.ts';
import { appEntryEvidence } from './inspection/app-entries.ts';
import type { EntryLog, EvidenceSource, LeaveSource, MemberLog } from './inspection/sources.ts';
import { accountsKeepings, notFinishedOf } from './keeping.ts';
import { accountsJobs, accountsSchedules } from './jobs.ts';
import { hearOfNewcomer } from './newcomers/hear.ts';
import { remindHolders } from './reminders.ts';
import { accountsRoutes } from './routes.ts';
import { createSystemBook } from './systems/book.ts';
import { accountsOf, nextNumber, statesOf } from './store.ts';
import type { AccountStates } from './model.ts';

export { parseAccountsSettings, type AccountsSettings } from './settings.ts';
export { accountsPersonData } from './person-data.ts';
export { accountsTables } from './tables.ts';
export type { Connector } from './connectors.ts';
export type { OpenOfUnit } from './ended-unit.ts';
export type { Note } from './commands/context.ts';
export type { Duty } from './commands/duties.ts';
export type { PersonnelNews } from './news.ts';
export type { HandedOver, Holding, HoldingProvider, Mode } from './handover/model.ts';
export type {
  EntryLog,
  EvidenceSource,
  Leave,
  LeaveSource,
  MemberLog,
  SourceReading,
} from './inspection/sources.ts';
export { ownEvidence } from './inspection/own-evidence.ts';
export type { InspectionWindow } from './inspection/window.ts';
export type { AccountStates, Order } from './model.ts';
export type { AccountsOrg } from './org.ts';
export type { Identities } from './newcomers/people.ts';

export type AccountsDeps = Pick<
  AccountsContext,
  | 'db'
  | 'clock'
  | 'settings'
  | 'orgOf'
  | 'lockPeople'
  | 'supervision'
  | 'vault'
  | 'claimFiles'
  | 'sendFile'
  | 'releaseFiles'
  | 'identities'
  | 'notify'
  | 'onTrouble'
> & {
  /** One per system of grade `api`. */
  readonly connectors: readonly Connector[];
  readonly joinedOn?: AccountsContext['joinedOn'];
  readonly memberLog?: MemberLog;
  readonly entryLog?: EntryLog;
  readonly newsOf?: AccountsContext['newsOf'];
};

export type Accounts = ReturnType<typeof createAccounts>;

/** Accounts of people in every registered system: requests, locks, cancellation, hand-over, monthly inspection (S3). */
export function createAccounts(deps: AccountsDeps) {
  const providers = new Map<string, HoldingProvider>();
  const evidence: EvidenceSource[] = [];
  const leaves: LeaveSource[] = [];
  const book = createSystemBook(deps.settings);
  const ctx: AccountsContext = {
    ...deps,
    settings: book.settings,
    // Whoever asks who is who is about to act or to look: the register of systems must be today's then.
    orgOf: async (reads) => {
      await book.refresh(reads);
      return deps.orgOf(reads);
    },
    connectors: registerConnectors(deps.settings, deps.connectors),
    joinedOn: deps.joinedOn ?? (() => Promise.resolve(new Map())),
    newsOf: deps.newsOf ?? (() => Promise.resolve(null)),
    memberLog: deps.memberLog ?? null,
    entryLog: deps.entryLog ?? null,
    providers,
    evidence,
    leaves,
  };
  if (ctx.entryLog) evidence.push(appEntryEvidence(ctx.entryLog.systemCode));
  remindHolders(ctx);
  return {
    routes: accountsRoutes(ctx) as readonly Route[],
    jobs: accountsJobs(ctx) as readonly JobDefinition[],
    schedules: accountsSchedules as readonly Schedule[],
    keepings: accountsKeepings(deps) as readonly Keeping[],
    /** Fill for `directory.onForgetting`. */
    notFinishedOf,

    /** Socket: a room lets what people hold in it be handed over. */
    onHoldings(provider: HoldingProvider): void {
      if (providers.has(provider.kind)) throw new Error(`accounts: ${provider.kind} is provided already`);
      providers.set(provider.kind, provider);
    },
    /** Socket: a room's evidence that an account was used. */
    onEvidence: (source: EvidenceSource): void => void evidence.push(source),
    /** Socket: registered leave (G7). */
    onLeaves: (source: LeaveSource): void => void leaves.push(source),

    /** Register the accounts people had before, in every system. For IT; again, only who is missing. */
    async takeStock(actor: PersonActor): Promise<void> {
      await deps.db.read(ctx.orgOf);
      for (const { code } of ctx.settings.systems) await takeStock(ctx, actor, code);
    },

    /** Everything a person holds, of every room; for the person page and HR's "what else moves". */
    holdingsOf: (reads: Reads, personId: string) => holdingsOf(ctx, reads, personId),
    countHeld: (reads: Reads, personId: string) => countHeld(ctx, reads, personId),

    /** R22: who was chosen on the person's sheet to take this over; null: nobody. */
    chosenSuccessor: (reads: Reads, personId: string, kind: string, ref: string) =>
      chosenSuccessor(reads, personId, { kind, ref }),

    /** A number for `noteDuty`; take it before the unit of work. */
    reserveNumber: (db: Db, now: number): Promise<string> => nextNumber(db, dateOf(now).slice(0, 4)),
    /** HR says that somebody joined, moved or left: their unit owes the request (S3-0a). */
    noteDuty: (tx: Tx, duty: Duty) => noteDuty(ctx, tx, duty),
    /**
     * Fill for `directory.onPersonChanged`: clocks of who is locked go to the unit's next (G9), and who joined, moved or
     * left makes their unit owe the request (S3-0a). A newcomer who is waited for may have come.
     */
    async onPersonChanged(tx: Tx, change: PersonChange): Promise<void> {
      await onPersonChanged(ctx, tx, change);
      await hearOf(tx, change);
      await hearOfNewcomer(tx, change);
    },

    /** Fill for `directory.onUnitEnded`: what the unit owed is owed by whoever answers in its place. */
    onUnitEnded: (tx: Tx, end: UnitEnd) => onUnitEnded(ctx, tx, end),
    /** What is open with exactly this unit. */
    openOfUnit,

    statesOf: async (reads: Reads, personId: string): Promise<AccountStates> =>
      statesOf(await accountsOf(reads, personId)),
    /** For tests of rooms above. */
    context: ctx,
  };
}
