import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAccess, parseModules, parseRoles } from '../features/access/index.ts';
import { createApprovals } from '../features/approvals/index.ts';
import { createDirectory, createDrift } from '../features/directory/index.ts';
import { createMessagePort, createMessaging } from '../features/messaging/index.ts';
import { REPAIR_PAUSES } from '../features/repairs/index.ts';
import { SEAL_PAUSES } from '../features/seals/index.ts';
import { createSupervision, DEFAULT_CLOCK, loadHolidayYears } from '../features/supervision/index.ts';
import { createCalendar } from '../kernel/workdays.ts';
import { wordsFor } from '../phrases/index.ts';
import { readAnchors, sealAll } from '../platform/audit/index.ts';
import type { Reads } from '../platform/db/unit-of-work.ts';
import type { Connector } from './connector.ts';
import { driftQuestions } from './drift-questions.ts';
import { entrancesOf } from './entrances.ts';
import { packagesOf } from './packages-of.ts';
import type { Platform } from './platform.ts';
import { tellOfDrift } from './tell-of-drift.ts';
import { tellOfRights } from './tell-of-rights.ts';

export const APP_NAME = '办公助手';

export type GroundFloors = Awaited<ReturnType<typeof openGroundFloors>>;

/** Floors 0 to 3: people and rights, messages, deadlines, approvals. */
export async function openGroundFloors(platform: Platform, wecom: Connector) {
  const {
    config,
    clock,
    log,
    root,
    metrics,
    onAlarm,
    db,
    vault,
    sessions,
    files,
    openPersonal,
    anchorFile,
    blobs,
  } = platform;

  // ── floor 0 ──
  const roles = parseRoles(JSON.parse(await readFile(join(root, 'config/roles.json'), 'utf8')));
  const modules = parseModules(JSON.parse(await readFile(join(root, 'config/modules.json'), 'utf8')));
  const directory = createDirectory({ db, vault, wecom, pushes: config.wecom.contactsSecret !== null });
  const access = createAccess({
    db,
    directory,
    sessions,
    wecom,
    corpId: config.wecom.corpId,
    agentId: config.wecom.agentId,
    publicUrl: config.publicUrl,
    roles,
    modules,
    onAlarm,
    appName: APP_NAME,
    sandbox: config.sandbox,
    openPersonal,
  });

  const superAdmins = async (reads: Reads): Promise<string[]> =>
    (await access.orgOf(reads)).roleHolders('superAdmin', null).map((holder) => holder.personId);

  const maintainerIds = async (reads: Reads): Promise<string[]> =>
    (await access.orgOf(reads)).roleHolders('hrMaintainer', null).map((holder) => holder.personId);

  const useridOf = (personId: string): Promise<string | null> =>
    db.read(async (reads) => {
      const person = (await directory.orgOf(reads)).person(personId);
      return person?.active ? person.userid : null;
    });

  // ── floor 1 ──
  const messaging = createMessaging({
    db,
    clock,
    log,
    metrics,
    port: createMessagePort(wecom),
    corpId: config.wecom.corpId,
    entrances: entrancesOf(config),
    maxSkewMs: config.callbackMaxSkewMs,
    publicUrl: config.publicUrl,
    useridOf,
    actorOf: (userid, via) => db.read((reads) => access.actorByUserid(reads, userid, { via })),
  });

  tellOfRights({ access, adminIds: superAdmins, publicUrl: config.publicUrl });

  // ── floor 2 ──
  const calendar = createCalendar(loadHolidayYears(join(root, 'config/holidays')));
  const supervision = createSupervision({
    db,
    log,
    metrics,
    calendar,
    publicUrl: config.publicUrl,
    settings: { pauseReasons: [...DEFAULT_CLOCK.pauseReasons, ...REPAIR_PAUSES, ...SEAL_PAUSES] },
  });

  const drift = createDrift(
    {
      db,
      vault,
      wecom,
      pushes: config.wecom.contactsSecret !== null,
      directory,
      scopeOf: access.scopeOf,
      holdsGiven: access.holdsGiven,
      sockets: {
        ...driftQuestions(supervision, maintainerIds),
        ...tellOfDrift(config.publicUrl, maintainerIds, superAdmins),
      },
    },
    (code) => wordsFor(code, {}, 'zh'),
  );
  messaging.onContactChanged(drift.onContactChanged);
  messaging.onContactChanged(directory.onTagChanged);

  // ── floor 3 ──
  const approvals = createApprovals({
    db,
    clock,
    orgOf: access.orgOf,
    roles,
    messaging,
    supervision,
    files,
    vault,
    publicUrl: config.publicUrl,
    periods: { blobs, ...packagesOf(access) },
    record: { anchors: () => readAnchors(anchorFile), seal: () => sealAll(db) },
    adminIds: superAdmins,
    onAlarm,
    onTrouble: (fields, message) => log.error(fields, message),
  });
  directory.onPersonChanged(approvals.onPersonChanged);

  return {
    roles,
    modules,
    directory,
    access,
    superAdmins,
    maintainerIds,
    useridOf,
    messaging,
    calendar,
    supervision,
    drift,
    approvals,
  };
}
