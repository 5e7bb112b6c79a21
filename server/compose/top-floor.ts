import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keepingOfQuotas } from '../connector/quota-store.ts';
import { signsPersonData } from '../features/account-signs/index.ts';
import { accountsPersonData } from '../features/accounts/index.ts';
import { createAdmin } from '../features/admin/index.ts';
import { approvalsPersonData } from '../features/approvals/index.ts';
import { correctionsPersonData } from '../features/corrections/index.ts';
import { delegationsPersonData } from '../features/delegations/index.ts';
import { fileAuditsPersonData } from '../features/file-audits/index.ts';
import { createKeeping } from '../features/keeping/index.ts';
import { meetingRoomsPersonData } from '../features/meeting-rooms/index.ts';
import { leavePersonData } from '../features/leave/index.ts';
import { messagingPersonData } from '../features/messaging/index.ts';
import { createPortal, noteMoved } from '../features/portal/index.ts';
import { nativePersonData } from '../features/native-approvals/index.ts';
import { repairsPersonData } from '../features/repairs/index.ts';
import { sealsPersonData } from '../features/seals/index.ts';
import { supervisionPersonData } from '../features/supervision/index.ts';
import { undertakingsPersonData } from '../features/undertakings/index.ts';
import { keepingOfJobs } from '../platform/jobs/index.ts';
import type { Connector } from './connector.ts';
import type { GroundFloors } from './ground-floors.ts';
import type { Platform } from './platform.ts';
import type { Rooms } from './rooms.ts';
import { acceptanceTodos, clockTodos, COUNTED_BY_THEIR_ROOM } from './todo-sources.ts';

/** Three years after somebody left: disputes about work are over, and so is the account's whole story. */
const KEEP_PERSONAL_DAYS = 1_096;

/** Floor 5: what looks at all rooms. */
export async function openTopFloor(platform: Platform, wecom: Connector, ground: GroundFloors, rooms: Rooms) {
  const { config, clock, log, root, onAlarm, db, vault, files, anchorFile, openPersonal } = platform;
  const { access, approvals, calendar, directory, drift, messaging, roles, supervision } = ground;
  const {
    hr,
    accounts,
    accountsSettings,
    corrections,
    accountSigns,
    undertakings,
    fileAudits,
    delegations,
    repairs,
    seals,
    meetingRooms,
    nativeApprovals,
    leave,
  } = rooms;

  const portal = createPortal({
    db,
    approvals,
    todoSources: [clockTodos(supervision), acceptanceTodos(repairs)],
    onTrouble: (fields, message) => log.error(fields, message),
    calendar,
    publicUrl: config.publicUrl,
    workbench: wecom.workbench,
    useridOf: ground.useridOf,
    entriesOf: async (reads, personId) => [
      { group: '服务保障', ...repairs.entry },
      { group: '行政审批', ...seals.entry },
      ...(await meetingRooms.homeEntries(reads, personId)),
    ],
  });

  approvals.onCountsMoved(noteMoved);
  supervision.onHeldMoved(noteMoved, COUNTED_BY_THEIR_ROOM);
  messaging.onChat(portal.chat);

  const admin = createAdmin({
    db,
    clock,
    vault,
    access,
    directory,
    accounts,
    supervision,
    openPersonal,
    roleName: (code) => roles.get(code)?.name ?? code,
    anchorFile,
    keepPersonalDays: KEEP_PERSONAL_DAYS,
    onAlarm,
  });

  for (const section of [
    ...accountsPersonData((code) => accountsSettings.systems.find((one) => one.code === code)?.name ?? code),
    ...approvalsPersonData(vault, files.bytesOf),
    fileAuditsPersonData(vault),
    meetingRoomsPersonData(vault),
    ...leavePersonData(vault),
    ...nativePersonData(vault),
    messagingPersonData,
    supervisionPersonData,
    ...correctionsPersonData(access.orgOf),
    ...signsPersonData,
    undertakingsPersonData,
    delegationsPersonData,
    repairsPersonData,
    ...sealsPersonData,
  ])
    access.onPersonData(section);

  directory.onForgetting(accounts.notFinishedOf);
  const keeping = createKeeping({
    db,
    config: JSON.parse(await readFile(join(root, 'config/keeping.json'), 'utf8')),
    keepings: [
      keepingOfJobs(db),
      keepingOfQuotas(db),
      ...files.keepings,
      ...directory.keepings,
      ...drift.keepings,
      ...messaging.keepings,
      ...approvals.keepings,
      ...hr.keepings,
      ...accounts.keepings,
      ...corrections.keepings,
      ...accountSigns.keepings,
      ...undertakings.keepings,
      ...fileAudits.keepings,
      ...delegations.keepings,
      ...repairs.keepings,
      ...seals.keepings,
      ...meetingRooms.keepings,
      ...nativeApprovals.keepings,
      ...leave.keepings,
      ...portal.keepings,
    ],
    onFailed: (kind, error) => {
      onAlarm('keeping_failed');
      log.error({ kind, err: error }, 'what is past its keeping period was not ended');
    },
  });

  return { portal, admin, keeping };
}
