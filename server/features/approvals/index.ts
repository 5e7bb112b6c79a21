import type { PersonActor } from '../../kernel/actor.ts';
import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { MINUTE_MS } from '../../kernel/dates.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Files } from '../../platform/files/index.ts';
import type { Keeping } from '../../platform/keeping/index.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Vault } from '../../platform/vault/index.ts';
import type { JobDefinition } from '../../platform/jobs/index.ts';
import type { PersonChange } from '../directory/index.ts';
import { type Messaging, queueCard } from '../messaging/index.ts';
import { type Supervision, wordsOfDeadline, wordsOfDue } from '../supervision/index.ts';
import { rungCard } from './cards/rung.ts';
import { TASK_CARD } from './cards/task.ts';
import { pageOf, SUBJECT } from './commands/happening.ts';
import {
  type AgentsOf,
  type ApprovalsContext,
  type ClockSelector,
  type FinishedEffect,
  type LeaveKeeper,
  NO_LEAVES,
  type RevokedEffect,
} from './commands/deps.ts';
import type { ChoiceSource, FactSource } from './form/choice.ts';
import { approvedAbsences } from './reads/absences.ts';
import * as seats from './commands/named-seats.ts';
import { byOf, perform } from './commands/perform.ts';
import * as succession from './commands/succeed.ts';
import { submitRequest } from './commands/submit.ts';
import { carryOutTimeout } from './commands/carry-out-timeout.ts';
import { carryOutRung, TIMEOUT_CLOCK, TIMEOUT_JOB } from './commands/timeouts.ts';
import type { SubmitRequest } from './contract.ts';
import { DESIGN_REQUEST, endRightsOf } from './design/commands/rights.ts';
import { designKeeping } from './design/keeping.ts';
import { designRoutes } from './design/routes.ts';
import { putFileInForce } from './design/shipped.ts';
import { retiredKeys } from './design/states.ts';
import { nightlyDryRun } from './dry-run/nightly.ts';
import { dryRunRoutes } from './dry-run/routes.ts';
import type { WholeOrg } from './dry-run/walk.ts';
import type { PackageDeps } from './package/case-package.ts';
import type { PeriodDeps } from './package/period/context.ts';
import { MAKE_JOB } from './package/period/ask.ts';
import { makePackage } from './package/period/make.ts';
import { packageKeepings } from './package/period/keeping.ts';
import { periodRoutes } from './package/period/routes.ts';
import { readCase } from './package/read-case.ts';
import { packageRoutes } from './package/routes.ts';
import { countOwnRunning, countsOf } from './reads/box-counts.ts';
import {
  heldTaskSince,
  holdersAfter,
  openRequestsOf,
  openTasksOf,
  type ListContext,
  mostUrgent,
  ownRunning,
} from './reads/boxes.ts';
import { approvalsRoutes } from './routes/routes.ts';
import type { InstanceState } from './model/state.ts';
import { requestedLeave } from './reads/requested-leave.ts';
import { lockApplicant } from './store/requests.ts';
import { taskCardHandler } from './tap.ts';
import { sortAtOf } from './tables.ts';
import { createTemplateLibrary } from './store/templates.ts';
import type { Template } from './template/template.ts';

export { approvalsPersonData } from './reads/person-data.ts';
export { CHECK_SCRIPT } from './package/check-script.ts';
export { approvalsTables } from './tables.ts';
export { loadTemplateFiles } from './store/template-files.ts';
export type { NamedSeat } from './commands/named-seats.ts';
export type { HeldTask, Succession } from './commands/succeed.ts';
export type { AgentsOf, FinishedEffect, LeaveKeeper, RevokedEffect } from './commands/deps.ts';
export type { AddedFact, ChoiceOption, ChoiceSource, FactSource } from './form/choice.ts';
export type { Freed } from './form/taken-days.ts';
export { type Balances, daysByYear } from './form/compute.ts';
export type { InstanceState } from './model/state.ts';
export type { RequestedLeave } from './reads/requested-leave.ts';
export type { LeaveType } from './fields/controls.ts';
export type { Template } from './template/template.ts';
export { historyOf, loadInstance } from './store/requests.ts';
export { replay } from './engine/evolve.ts';

export interface ApprovalsDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** The same object while nothing in the directory changed. */
  readonly orgOf: (reads: Reads) => Promise<WholeOrg>;
  readonly messaging: Messaging;
  readonly supervision: Supervision;
  readonly files: Files;
  readonly vault: Pick<Vault, 'seal' | 'open'>;
  readonly publicUrl: string;
  /** What proves the record to somebody outside (R45): heads written out, and having it sealed up to now. */
  readonly record: Pick<PackageDeps, 'anchors' | 'seal'>;
  /** Whose requests somebody may take out of the house as the package of a period, and where its bytes lie. */
  readonly periods: Pick<PeriodDeps, 'blobs' | 'unitsOf' | 'reachOf' | 'actorOf'>;
  /** Roles that can be given, by code (config/roles.json). */
  readonly roles: ReadonlyMap<string, { readonly name: string }>;
  /** Who fills empty seats (R18). */
  readonly adminIds: (reads: Reads) => Promise<readonly string[]>;
  readonly onAlarm: (kind: string) => void;
  readonly onTrouble: (fields: object, message: string) => void;
}

export type Approvals = ReturnType<typeof createApprovals>;

/** Templates, requests, tasks: the engine with its store, clocks, cards and pages. */
export function createApprovals(deps: ApprovalsDeps) {
  const { db, supervision, messaging, files } = deps;
  const finished = new Map<string, FinishedEffect[]>();
  const revoked = new Map<string, RevokedEffect[]>([[DESIGN_REQUEST, [endRightsOf]]]);
  const choices = new Map<string, ChoiceSource>();
  const facts = new Map<string, FactSource[]>();
  let successorFor: NamedSuccessor = () => Promise.resolve(null);
  let agentsFor: AgentsOf = () => Promise.resolve(() => null);
  let leaves = NO_LEAVES;
  const looks = new Map<string, Pick<Template, 'version' | 'icon' | 'hue'>>();
  const templates = createTemplateLibrary(({ key, version, icon, hue }) => {
    if ((looks.get(key)?.version ?? 0) <= version) looks.set(key, { version, icon, hue });
  });
  let tellMoved: (tx: Tx, personIds: readonly string[]) => void = () => undefined;

  const ctx: ApprovalsContext = {
    db,
    clock: deps.clock,
    calendar: () => supervision.calendar,
    templates,
    orgOf: deps.orgOf,
    clocks: {
      open: (tx, clocks) =>
        supervision.openObligations(
          tx,
          clocks.map(({ workdays, ...clock }) => ({ ...clock, budget: { workdays } })),
        ),
      openOwedByNobody: (tx, clocks) => {
        const nobody = { holderPersonId: null, holderUnitId: null, rungs: AT_THE_DUE_TIME };
        supervision.openObligations(
          tx,
          clocks.map((clock) => ({ ...clock, ...nobody })),
        );
      },
      close: (tx, which) => supervision.closeAtTheEnd(tx, withRefs(which)),
      pause: async (tx, which) => void (await supervision.pauseObligations(tx, withRefs(which))),
      handOn: async (tx, which, to) =>
        void (await supervision.transferObligations(tx, {
          ...withRefs(which),
          toRef: to.stepRef,
          toPersonId: to.holderPersonId,
          toUnitId: to.holderUnitId,
          reason: to.reason,
        })),
      resume: (tx, which) => supervision.resumeObligations(tx, withRefs(which)),
      ofSteps: async (tx, { stepRefs, ...which }) => {
        const rows = await supervision.listOfSubjects(tx, which.subjectType, [which.subjectId]);
        return stepRefs.map((ref) => rows.find((row) => row.stepRef === ref && row.state === 'open') ?? null);
      },
    },
    files: {
      brief: (reads, fileId, personId) => files.ownUnclaimed(reads, fileId, personId),
      attach: (tx, fileIds, instanceId) => files.claim(tx, fileIds, { type: SUBJECT, id: instanceId }),
      attached: (reads, instanceId) => files.ofOwner(reads, { type: SUBJECT, id: instanceId }),
      hashOf: (reads, fileId) => files.hashOf(reads, fileId),
      bytesOfOwn: (fileId, personId) => files.bytesOfUnclaimed(fileId, personId),
      isTaken: (reads, fileId) => files.isTaken(reads, fileId),
      digestOf: files.digestOf,
    },
    vault: deps.vault,
    publicUrl: deps.publicUrl,
    finished,
    revoked,
    leaves: () => leaves,
    countsMoved: (tx, personIds) => tellMoved(tx, personIds),
    choices,
    facts,
    adminIds: deps.adminIds,
    onAlarm: deps.onAlarm,
    onTrouble: deps.onTrouble,
    agentsOf: (reads, kind) => agentsFor(reads, kind),
  };
  const list: ListContext = {
    calendar: supervision.calendar,
    look: (templateKey) => looks.get(templateKey) ?? { icon: 'doc', hue: 'blue' },
  };

  messaging.onCard(TASK_CARD, taskCardHandler(ctx), pageOf);
  supervision.onMoved(TASK_CARD, async (tx, row) => {
    await tx.em.query('update approval_task set dueAt = ?, sortAt = ?, provisional = ? where id = ?', [
      row.dueAt,
      sortAtOf(row.dueAt),
      row.provisional ? 1 : 0,
      row.stepRef,
    ]);
  });
  supervision.onReminder(
    TASK_CARD,
    async (tx, row, rung) => {
      if (row.holderPersonId === null || row.dueAt === null) return;
      queueCard(
        tx,
        {
          kind: 'approvals.rung',
          personId: row.holderPersonId,
          subjectType: SUBJECT,
          subjectId: row.subjectId,
          ref: `${row.id}:${rung.rung}`,
        },
        rungCard({
          title: row.title,
          path: row.path,
          dueWords: wordsOfDue(tx.now, row.dueAt, supervision.calendar, row.provisional),
          deadlineWords: wordsOfDeadline(tx.now, row.dueAt, row.provisional),
          publicUrl: deps.publicUrl,
        }),
      );
    },
    TODO_LIST,
  );

  const packages: PackageDeps = {
    ctx,
    readCase: (reads, reader, instanceId) => readCase(ctx, reads, reader, instanceId, true),
    filesOf: (reads, instanceId) => files.hashesOfOwner(reads, { type: SUBJECT, id: instanceId }),
    bytesOf: files.bytesOf,
    anchors: deps.record.anchors,
    seal: deps.record.seal,
  };
  const periods: PeriodDeps = {
    ...packages,
    // Which cases are theirs was asked before: by the unit, not by a part they took in one.
    readCase: (reads, reader, instanceId) => readCase(ctx, reads, reader, instanceId, false),
    ...deps.periods,
    publicUrl: deps.publicUrl,
  };
  const dryRuns = nightlyDryRun({ ...deps, templates, choices });

  supervision.onRung(TIMEOUT_CLOCK, async (tx, row) => {
    const all = await supervision.listOfSubjects(tx, TIMEOUT_CLOCK, [row.subjectId]);
    carryOutRung(tx, row, all);
  });

  return {
    jobs: [
      { name: TIMEOUT_JOB, handle: ({ payload }) => carryOutTimeout(ctx, payload) },
      {
        name: MAKE_JOB,
        exclusive: true,
        leaseMs: 30 * MINUTE_MS,
        handle: ({ payload, attempt }) =>
          makePackage(periods, (payload as { packageId: string }).packageId, attempt),
      },
      ...dryRuns.jobs,
    ] satisfies JobDefinition[] as readonly JobDefinition[],
    schedules: dryRuns.schedules,
    keepings: [...packageKeepings(periods), designKeeping(db)] as readonly Keeping[],
    routes: [
      ...dryRunRoutes(db, { templates, orgOf: deps.orgOf, choices }),
      ...packageRoutes(packages),
      ...periodRoutes(periods),
      ...designRoutes({ ...ctx, orgOf: deps.orgOf, roles: deps.roles }),
      ...approvalsRoutes({
        ctx,
        list,
        sendFile: (http, fileId, instanceId) => files.send(http, fileId, { type: SUBJECT, id: instanceId }),
      }),
    ] as readonly Route[],

    /** Make a request, as POST /api/approvals/instances does. */
    submit: (actor: PersonActor, request: SubmitRequest) => submitRequest(ctx, actor, request),

    /** Files of config/templates, in force unless something newer was designed here (design/shipped.ts). */
    async putFilesInForce(tx: Tx, files: readonly Template[]): Promise<void> {
      for (const file of files) await putFileInForce(tx, templates, file);
    },
    /** Put templates in force; the same content is not published twice. */
    async publish(tx: Tx, shipped: readonly Template[]): Promise<void> {
      for (const template of shipped) await templates.publish(tx, template);
    },
    /** Remember how templates look in lists; call after `publish` and at every start. */
    async learnLooks(reads: Reads): Promise<void> {
      await templates.all(reads);
    },
    templatesInForce: (reads: Reads) => templates.all(reads),
    /** Without those that are retired: what can be applied for. */
    async templatesOffered(reads: Reads): Promise<Template[]> {
      const retired = await retiredKeys(reads);
      return (await templates.all(reads)).filter(({ key }) => !retired.has(key));
    },

    /** Fill: who keeps balances of leave, and knows when somebody really came back (R39). */
    keepLeaves: (keeper: LeaveKeeper): void => void (leaves = keeper),
    /** What a request asks for in leave, in the words of its own template; null where it asks for none. */
    requestedLeave: (reads: Reads, state: InstanceState) => requestedLeave(ctx, reads, state),
    /** Whoever reads a person's balance and writes what depends on it waits here for their requests (R39). */
    lockApplicant: (tx: Tx, personId: string) => lockApplicant(tx, personId),

    /** Effect of a request's end, in its unit of work: book the room, take the number. */
    onFinished(templateKey: string, effect: FinishedEffect): void {
      finished.set(templateKey, [...(finished.get(templateKey) ?? []), effect]);
    },

    /** Takes effects of an approved request back, in the unit of work that revokes it, and says what stays. */
    onRevoked(templateKey: string, effect: RevokedEffect): void {
      revoked.set(templateKey, [...(revoked.get(templateKey) ?? []), effect]);
    },

    /** Fill: what fields of type `choice` with this source choose from. */
    offerChoices: (source: string, options: ChoiceSource): void => void choices.set(source, options),
    /** Fill: what became of an approved request, on its own page. */
    addFacts(templateKey: string, source: FactSource): void {
      facts.set(templateKey, [...(facts.get(templateKey) ?? []), source]);
    },

    /** Fill for `directory.onPersonChanged`: whoever cannot act any more hands open tasks on (R22, R24). */
    async onPersonChanged(tx: Tx, change: PersonChange): Promise<void> {
      if (!cannotAct(change)) return;
      for (const instanceId of await openRequestsOf(tx, change.personId)) {
        await perform(ctx, tx, instanceId, {
          type: 'replacePerson',
          by: byOf(tx.actor),
          personId: change.personId,
          successorId: await successorFor(tx, change.personId, instanceId),
          viaAgents: true,
        });
      }
    },

    /** R30: who stands in for whom; asked once per act. */
    nameAgents: (find: AgentsOf): void => void (agentsFor = find),
    /** Whether a task came to this person since then. */
    heldTaskSince: (reads: Reads, personId: string, since: number) => heldTaskSince(reads, personId, since),
    /** An agency begins or ends while its principal's tasks are open (R33). Who may is asked by the caller. */
    agency: {
      /** Requests of which this person holds an open task. */
      heldBy: (reads: Reads, personId: string) => openRequestsOf(reads, personId),
      /** Requests of which somebody else holds an open task for this person. */
      heldFor: (reads: Reads, personId: string) => openRequestsOf(reads, personId, 'behalfOfId'),
      handToAgent: (tx: Tx, instanceId: string, personId: string) =>
        perform(ctx, tx, instanceId, { type: 'handToAgent', by: byOf(tx.actor), personId }),
      handBack: async (tx: Tx, instanceId: string, rule: { personId: string; agentId: string }) => {
        const successorId = await successorFor(tx, rule.personId, instanceId);
        return perform(ctx, tx, instanceId, { type: 'handBack', by: byOf(tx.actor), ...rule, successorId });
      },
    },

    /** R22: who was named beforehand to take a person's tasks over, before any rule is asked. */
    nameSuccessors: (find: NamedSuccessor): void => void (successorFor = find),
    /** What a person holds here, and taking it over; for the hand-over of leavers. Who may is asked by the caller. */
    succession: {
      heldTasks: (reads: Reads, personId: string) => succession.heldTasks(ctx, reads, personId),
      try: (reads: Reads, instanceId: string, who: Heirs) =>
        succession.trySuccession(ctx, reads, instanceId, who),
      succeed: (tx: Tx, instanceId: string, who: Heirs) => succession.succeed(ctx, tx, instanceId, who),
      giveBack: (tx: Tx, instanceId: string, taken: { personId: string; taskIds: readonly string[] }) =>
        succession.giveBack(ctx, tx, instanceId, taken),
      namedSeats: (reads: Reads, personId: string) => seats.namedSeats(templates, reads, personId),
      trySeats: (reads: Reads, templateKey: string, who: Heirs) =>
        seats.trySeats(templates, reads, templateKey, who),
      takeSeats: (tx: Tx, templateKey: string, who: Heirs) =>
        seats.takeSeats(templates, tx, templateKey, who),
      giveSeatsBack: (tx: Tx, templateKey: string, versions: { before: number; after: number }) =>
        seats.giveSeatsBack(templates, tx, templateKey, versions),
    },

    /** Who was away, by approved requests that touch `[fromOn, untilOn)`. */
    approvedAbsences: (reads: Reads, between: { fromOn: string; untilOn: string }) =>
      approvedAbsences(templates, leaves, reads, between),

    /** How many open tasks these people hold, for whoever is about to disable them. */
    openTasksOf: (reads: Reads, personIds: readonly string[]) => openTasksOf(reads, personIds),
    countsOf: (reads: Reads, personId: string) => countsOf(reads, personId),
    countOwnRunning: (reads: Reads, personId: string) => countOwnRunning(reads, personId),
    /** Fill: who shows these numbers elsewhere; told in the unit of work that moves them. */
    onCountsMoved: (tell: (tx: Tx, personIds: readonly string[]) => void): void => void (tellMoved = tell),
    mostUrgent: (reads: Reads, personId: string, limit: number) => mostUrgent(reads, list, personId, limit),
    /** People who hold an open task, in pages by id; for digests. */
    holdersAfter: (reads: Reads, personId: string, limit: number) => holdersAfter(reads, personId, limit),
    /** The person's own requests that are still under way, newest first. */
    ownRunning: (reads: Reads, personId: string, limit: number) => ownRunning(reads, list, personId, limit),
    /** For rooms above and the tests: the context commands run in. */
    context: ctx,
  };
}

/** The H5's page of what one is to decide and handle. */
const TODO_LIST = '/todo';

/** One rung, at the due time itself. */
const AT_THE_DUE_TIME = { amberBeforeMinutes: 0, redAfterMinutes: 0 };

const withRefs = <T extends ClockSelector>({ stepRefs, ...which }: T) => ({
  ...which,
  ...(stepRefs === undefined ? {} : { refs: stepRefs }),
});

interface Heirs {
  readonly personId: string;
  readonly successorId: string;
}

type NamedSuccessor = (tx: Tx, personId: string, instanceId: string) => Promise<string | null>;

const cannotAct = ({ kind }: PersonChange): boolean => kind === 'locked' || kind === 'left';
