/** What accounts have to be acted on: in the department that an actor heads or speaks for, and elsewhere. */
import { CircularTable } from '../../server/features/accounts/circular/tables.ts';
import { FIRST_WORDS } from '../../server/features/accounts/circular/text.ts';
import { instructionOwner } from '../../server/features/accounts/commands/files.ts';
import { executeRequest } from '../../server/features/accounts/commands/items.ts';
import { locksOf } from '../../server/features/accounts/commands/lock-steps.ts';
import { acceptRequest, createRequest } from '../../server/features/accounts/commands/requests.ts';
import { takeStock } from '../../server/features/accounts/commands/stock.ts';
import { Filled, OpenForm } from '../../server/features/accounts/contract.ts';
import { linkByHand } from '../../server/features/accounts/newcomers/by-hand.ts';
import { reportNewcomer } from '../../server/features/accounts/newcomers/report.ts';
import { createSheet } from '../../server/features/accounts/handover/begin.ts';
import {
  InspectionTable,
  LetterItemTable,
  LetterTable,
} from '../../server/features/accounts/inspection/tables.ts';
import { DataLinkTable } from '../../server/features/accounts/systems/tables.ts';
import { loadRequest } from '../../server/features/accounts/store.ts';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import { systemActor, type PersonActor } from '../../server/kernel/actor.ts';
import { newId } from '../../server/kernel/id.ts';
import { insertRows } from '../../server/platform/db/rows.ts';
import type { Client } from '../support/client.ts';
import type { Started } from '../support/start-app.ts';

const SEED = systemActor('test:authorization');
const TODAY = '2026-11-02';

/** `own`: in the department of the head and the liaison; `other`: where nobody who acts is asked. */
export type Side = 'own' | 'other';

export type AccountsStage = Awaited<ReturnType<typeof openAccountsStage>>;

export async function openAccountsStage(
  { app, signIn }: Started,
  unitId: (code: string) => string,
  idOf: (key: CastKey) => string,
) {
  const { context: ctx } = app.accounts;
  const units: Readonly<Record<Side, string>> = { own: unitId('D2001'), other: unitId('D11') };
  const kept = new Map<string, Promise<unknown>>();
  const once = <T>(key: string, make: () => Promise<T>): Promise<T> => {
    const known = (kept.get(key) as Promise<T> | undefined) ?? make();
    kept.set(key, known);
    return known;
  };

  async function actorOf(key: CastKey): Promise<PersonActor> {
    const found = await app.db.read((reads) => app.access.actorOf(reads, idOf(key), { via: 'console' }));
    if (!found) throw new Error(`${key} cannot act`);
    return found;
  }
  const sender = await actorOf('hrHead');
  const acceptor = { open: 'hrMaintainer', cancel: 'hrMaintainer', other: 'secondAdmin' } as const;

  let people = 0;
  /** Somebody nobody else is. */
  async function somebody(side: Side): Promise<string> {
    people += 1;
    const staffNo = `77${String(people).padStart(4, '0')}`;
    const post = {
      unitId: units[side],
      kind: 'main' as const,
      title: '职员',
      isHead: false,
      headRank: null,
      sinceOn: '2026-01-01',
      untilOn: null,
      place: null,
    };
    const { personId } = await app.db.write(SEED, (tx) =>
      app.directory.putPerson(tx, {
        staffNo,
        name: `某${people}`,
        mobile: `1390000${String(people).padStart(4, '0')}`,
        category: 'internal',
        posts: [post],
      }),
    );
    return personId;
  }
  /** The same for reads and for acts that leave no trace. */
  const anybody = (side: Side) => once(`person:${side}`, () => somebody(side));

  const forms = (unit: string): Readonly<Record<string, object>> => ({
    open: { unitId: unit, reportOn: TODAY, category: 'established' },
    change: {
      unitId: unit,
      move: 'within',
      effectiveOn: TODAY,
      reason: '调整',
      changes: [{ item: '职务', before: '甲', after: '乙' }],
    },
    lock: { unitId: unit, fromOn: TODAY, cause: 'other', reason: '停职' },
    cancel: { unitId: unit, leftOn: TODAY, leavingReason: 'resigned' },
  });
  const formOf = (kind: string, unit: string) => Filled.parse({ kind, form: forms(unit)[kind] });

  async function request(
    kind: 'open' | 'change' | 'lock' | 'cancel',
    side: Side,
    {
      personId,
      sent = false,
      fileId = null,
    }: { personId?: string; sent?: boolean; fileId?: string | null } = {},
  ): Promise<string> {
    const letter = { number: '函 1 号', fileId };
    const { requestId } = await createRequest(ctx, sender, {
      personId: personId ?? (await somebody(side)),
      filled: formOf(kind, units[side]),
      submit: sent ? { unitId: units[side], letter } : null,
    });
    return requestId;
  }

  let papers = 0;
  /** Somebody HR does not know, whom nobody reported before. */
  function newcomerReport(side: Side) {
    papers += 1;
    const nth = String(papers).padStart(4, '0');
    return {
      newcomer: {
        name: `新${papers}`,
        sex: null,
        idType: 'passport' as const,
        idNumber: `E770${nth}`,
        mobile: `1380770${nth}`,
        title: '职员',
        personCategory: 'internal' as const,
        establishment: null,
      },
      form: OpenForm.parse(forms(units[side])['open']),
      letter: { number: '函 3 号', fileId: null },
    };
  }
  async function newcomer(side: Side, { draft = false } = {}): Promise<string> {
    const report = newcomerReport(side);
    const sent = await reportNewcomer(ctx, sender, { ...report, letter: draft ? null : report.letter });
    return sent.requestId ?? '';
  }

  async function accepted(kind: 'open' | 'lock' | 'cancel', side: Side, personId?: string): Promise<string> {
    const requestId = await request(kind, side, { sent: true, ...(personId && { personId }) });
    const by = await actorOf(kind === 'lock' ? acceptor.other : acceptor[kind]);
    await acceptRequest(ctx, by, requestId);
    return requestId;
  }

  async function executing(kind: 'open' | 'lock' | 'cancel', side: Side, personId?: string): Promise<string> {
    const requestId = await accepted(kind, side, personId);
    await executeRequest(ctx, await actorOf('secondAdmin'), requestId);
    return requestId;
  }

  /** With accounts in every system. */
  async function oldHand(side: Side): Promise<string> {
    const personId = await somebody(side);
    for (const { code } of ctx.settings.systems) await takeStock(ctx, await actorOf('secondAdmin'), code);
    return personId;
  }
  const locked = (side: Side) =>
    once(`locked:${side}`, async () => {
      const personId = await oldHand(side);
      const requestId = await executing('lock', side, personId);
      const [lock] = await app.db.read((reads) => locksOf(reads, personId));
      return { personId, requestId, lockId: lock?.id ?? '' };
    });

  return {
    anybody,
    newcomer,
    newcomerReport,
    linkOf: async () => ({ personId: await somebody('own'), reason: '人事处核对过证件' }),
    async linkedNewcomer(): Promise<string> {
      const requestId = await newcomer('own');
      const link = { personId: await somebody('own'), reason: '人事处核对过证件' };
      await linkByHand(ctx, await actorOf('hrMaintainer'), requestId, link);
      return requestId;
    },
    request,
    accepted,
    executing,
    locked,
    /** A new request about this very person. */
    about: (kind: 'open' | 'lock', personId: string, sent = false) =>
      request(kind, 'own', { personId, sent }),
    newRequest: async (side: Side) => ({
      personId: await anybody(side),
      filled: formOf('change', units[side]),
      submit: null,
    }),
    changeForm: (side: Side) => ({ filled: formOf('change', units[side]) }),
    submission: (side: Side) => ({ unitId: units[side], letter: { number: '函 2 号', fileId: null } }),
    /** A request with a letter that somebody uploaded. */
    withLetter: (kind: 'open' | 'lock') =>
      once(`letter:${kind}`, async () => {
        const client: Client = await signIn(demoCast.hrHead.userid);
        const uploaded = await client.upload('/api/files', '函.png', PNG);
        const { fileId } = (await uploaded.json()) as { fileId: string };
        return { requestId: await request(kind, 'own', { sent: true, fileId }), fileId };
      }),
    async item(): Promise<{ requestId: string; itemId: string }> {
      const requestId = await executing('open', 'own');
      const { state } = await app.db.read((reads) => loadRequest(reads, requestId));
      return { requestId, itemId: state.items.find(({ systemCode }) => systemCode === 'oa')?.itemId ?? '' };
    },
    leaving: async (side: Side) => executing('cancel', side, await oldHand(side)),
    sheet: (side: Side) =>
      once(`sheet:${side}`, async () =>
        createSheet(ctx, await actorOf('secondAdmin'), (await locked(side)).personId),
      ),
    inspection: () =>
      once('inspection', async () => {
        const id = newId();
        await app.db.write(SEED, (tx) =>
          insertRows(tx, InspectionTable, [
            {
              id,
              systemCode: 'oa',
              inspectedMonth: '2025-10',
              versionNumber: 1,
              fromOn: '2025-10-09',
              untilOn: '2025-11-09',
              ranAt: tx.now,
              ranBy: 'test',
              state: 'decided',
              progress: null,
              figures: { total: 0, active: 0, excluded: 0, listed: 0, undecided: 0 },
              sources: [],
            },
          ]),
        );
        return id;
      }),
    /** A draft with the paper of its instruction; nobody who acts wrote it. */
    circular: () =>
      once('circular', async () => {
        const client = await signIn(demoCast.superAdmin.userid);
        const uploaded = await client.upload('/api/files', '批示.png', PNG);
        const { fileId } = (await uploaded.json()) as { fileId: string };
        const id = newId();
        await app.db.write(await actorOf('superAdmin'), async (tx) => {
          await ctx.claimFiles(tx, [fileId], instructionOwner(fileId));
          await insertRows(tx, CircularTable, [
            {
              id,
              state: 'draft',
              ...FIRST_WORDS,
              instruction: { instructedBy: '院长', instructedOn: TODAY, documentNumber: '1', fileId },
              unitIds: [units.own],
              caseCount: 0,
              issuedText: null,
              textHash: null,
              draftedById: newId(),
              draftedByName: '测试',
              draftedAt: tx.now,
              editedById: newId(),
              issuedById: null,
              issuedByName: null,
              issuedAt: null,
              version: 1,
            },
          ]);
        });
        return id;
      }),
    newSystem: () => ({
      code: `s${newId().slice(-12)}`,
      name: '另一个系统',
      grade: 'manual',
      ...systemRules(units.other),
    }),
    /** Of a system of the settings file: who may, is told so. */
    systemChange: () => ({ version: 1, state: 'off', name: 'OA', ...systemRules(units.other) }),
    newLink: () => ({ providerCode: 'wecom', consumerCode: 'oa', content: newId(), state: 'planned' }),
    async link(): Promise<string> {
      const id = newId();
      const link = { providerCode: 'wecom', consumerCode: 'oa', content: id, state: 'planned' as const };
      await app.db.write(SEED, (tx) =>
        insertRows(tx, DataLinkTable, [{ id, ...link, sinceAt: tx.now, version: 1 }]),
      );
      return id;
    },
    /** A letter to a department, with one account nobody has answered for. */
    async letter(side: Side): Promise<{ letterId: string; letterItemId: string }> {
      const [letterId, letterItemId] = [newId(), newId()];
      const month = { systemCode: 'oa', inspectedMonth: '2025-10' };
      const personId = await somebody(side);
      await app.db.write(SEED, async (tx) => {
        await insertRows(tx, LetterTable, [
          {
            id: letterId,
            inspectionId: newId(),
            ...month,
            unitId: units[side],
            forLeaders: false,
            state: 'sent',
            sentAt: tx.now,
            repliedAt: null,
            version: 1,
          },
        ]);
        const unanswered = { replyKind: null, replyReason: null, repliedBy: null, repliedAt: null };
        await insertRows(tx, LetterItemTable, [
          { id: letterItemId, letterId, ...month, personId, ...unanswered, requestId: null, version: 1 },
        ]);
      });
      return { letterId, letterItemId };
    },
  };
}

const systemRules = (ownerUnitId: string) => ({
  ownerUnitId,
  byDefault: false,
  onLock: 'lock',
  onSecondOut: 'lock',
  inspected: false,
});

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(500, 9)]);
