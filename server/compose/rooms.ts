import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAccountSigns, parseSignSettings } from '../features/account-signs/index.ts';
import { createAccounts, ownEvidence, parseAccountsSettings } from '../features/accounts/index.ts';
import { createCorrections, parseCorrectionsSettings } from '../features/corrections/index.ts';
import { createDelegations } from '../features/delegations/index.ts';
import { createFileAudits, parseFileAuditSettings } from '../features/file-audits/index.ts';
import { createHr, createScim, DEFAULT_LIMITS, plansToday } from '../features/hr/index.ts';
import { noteMoved } from '../features/portal/index.ts';
import { createRepairs, parseRepairSettings } from '../features/repairs/index.ts';
import { createNativeApprovals, parseNativeSettings } from '../features/native-approvals/index.ts';
import { createSeals, parseSealSettings } from '../features/seals/index.ts';
import {
  createMeetingRooms,
  MEETING_ROOMS_MODULE,
  parseMeetingRoomSettings,
} from '../features/meeting-rooms/index.ts';
import { createLeave, parseLeaveSettings } from '../features/leave/index.ts';
import { createUndertakings } from '../features/undertakings/index.ts';
import { wordsFor } from '../phrases/index.ts';
import type { Reads } from '../platform/db/unit-of-work.ts';
import { createRateLimits } from '../platform/http/rate-limits.ts';
import { accountsInWeCom, entryLogOfWeCom, memberLogOfWeCom } from './accounts-in-wecom.ts';
import type { Connector } from './connector.ts';
import type { GroundFloors } from './ground-floors.ts';
import { holdingsOfApprovals, TASKS } from './holdings-of-approvals.ts';
import { leavesOfApprovals } from './leaves-of-approvals.ts';
import { newsOfPersonnel } from './news-of-personnel.ts';
import type { Platform } from './platform.ts';
import { signLogOfWeCom, tellOfAccountSigns } from './tell-of-account-signs.ts';
import { tellOfAccounts } from './tell-of-accounts.ts';
import { tellOfCorrections } from './tell-of-corrections.ts';
import { suggestAgents } from './suggest-agents.ts';
import { tellOfDelegations } from './tell-of-delegations.ts';
import { tellOfFileAudits } from './tell-of-file-audits.ts';
import { tellOfNativeApprovals } from './tell-of-native-approvals.ts';
import { tellOfRepairs } from './tell-of-repairs.ts';
import { tellOfSeals } from './tell-of-seals.ts';
import { hangSealsOnApprovals } from './seals-on-approvals.ts';
import { tellOfMeetingRooms } from './tell-of-meeting-rooms.ts';
import { tellOfLeave } from './tell-of-leave.ts';
import { tellOfScim } from './tell-of-scim.ts';
import { tellOfSources } from './tell-of-sources.ts';
import { tellOfUndertakings } from './tell-of-undertakings.ts';
import { moveClocksOfEndedUnits, tellOfEndedUnits, tellOfUnitActs } from './tell-of-units.ts';
import { whatHangsOnUnit } from './what-hangs-on-a-unit.ts';

export type Rooms = Awaited<ReturnType<typeof openRooms>>;

/** Floor 4: rooms that do not see each other; news travels through sockets. */
export async function openRooms(platform: Platform, wecom: Connector, ground: GroundFloors) {
  const { config, clock, log, root, onAlarm, db, vault, blobs, files, sessions } = platform;
  const {
    access,
    approvals,
    calendar,
    directory,
    maintainerIds,
    messaging,
    modules,
    roles,
    superAdmins,
    supervision,
  } = ground;
  const rosterKeepers = async (reads: Reads) => [
    ...(await maintainerIds(reads)),
    ...(await superAdmins(reads)),
  ];

  const hr = createHr(
    {
      db,
      clock,
      log,
      vault,
      blobs,
      directory,
      calendar,
      limits: DEFAULT_LIMITS,
      consequencesOf: async (reads, { personIds, unitIds }) => [
        { words: '件待办要换人', count: await approvals.openTasksOf(reads, personIds) },
        { words: '项权限随撤销的部门失效', count: await access.countRightsOfUnits(reads, unitIds) },
      ],
    },
    (code, data = {}) => wordsFor(code, data, 'zh'),
    {
      networks: config.hrSourceNetworks,
      troubles: tellOfSources(supervision, maintainerIds),
    },
    {
      orgOf: access.orgOf,
      scopeOf: access.scopeOf,
      holdingsOf: whatHangsOnUnit({ access, directory, roles }, () => accounts),
      confirmerIds: rosterKeepers,
      notify: tellOfUnitActs(config.publicUrl),
    },
  );
  tellOfEndedUnits({ access, directory, roles, publicUrl: config.publicUrl, toldIds: rosterKeepers });

  const limits = createRateLimits(config.perMinute);
  const scim = createScim({
    db,
    log,
    words: wordsFor,
    directory,
    rates: limits,
    limits: DEFAULT_LIMITS,
    plansToday,
    holdsGiven: access.holdsGiven,
    publicUrl: config.publicUrl,
    onRefused: tellOfScim({ orgOf: access.orgOf, publicUrl: config.publicUrl, onAlarm }),
  });

  const settings = parseAccountsSettings(
    JSON.parse(await readFile(join(root, 'config/accounts.json'), 'utf8')),
  );
  const accounts = createAccounts({
    db,
    clock,
    vault,
    supervision,
    settings,
    orgOf: access.orgOf,
    lockPeople: directory.lock,
    connectors: [accountsInWeCom(directory)],
    claimFiles: async (tx, fileIds, owner) => {
      const known = new Set((await files.ofOwner(tx, owner)).map(({ fileId }) => fileId));
      await files.claim(
        tx,
        fileIds.filter((id) => !known.has(id)),
        owner,
      );
    },
    sendFile: files.send,
    releaseFiles: files.release,
    identities: directory,
    newsOf: newsOfPersonnel(directory),
    memberLog: memberLogOfWeCom(db, directory, wecom),
    entryLog: entryLogOfWeCom(directory),
    notify: tellOfAccounts(config.publicUrl),
    onTrouble: (fields, message) => log.error(fields, message),
  });
  directory.onPersonChanged(accounts.onPersonChanged);
  directory.onUnitEnded(accounts.onUnitEnded);
  directory.onUnitEnded(moveClocksOfEndedUnits(directory, supervision));
  for (const source of ownEvidence('wecom')) accounts.onEvidence(source);
  accounts.onLeaves(leavesOfApprovals(approvals));
  const isActive = async (reads: Reads, personId: string): Promise<boolean> =>
    (await directory.orgOf(reads)).person(personId)?.active ?? false;
  for (const provider of holdingsOfApprovals(approvals, isActive)) accounts.onHoldings(provider);
  approvals.nameSuccessors((tx, personId, instanceId) =>
    accounts.chosenSuccessor(tx, personId, TASKS, instanceId),
  );

  const corrections = createCorrections({
    db,
    settings: parseCorrectionsSettings(
      JSON.parse(await readFile(join(root, 'config/corrections.json'), 'utf8')),
    ),
    orgOf: access.orgOf,
    directory,
    supervision,
    vault,
    files,
    notify: tellOfCorrections(config.publicUrl),
  });
  directory.onPersonChanged(corrections.onPersonChanged);

  const accountSigns = createAccountSigns({
    db,
    settings: parseSignSettings(JSON.parse(await readFile(join(root, 'config/account-signs.json'), 'utf8'))),
    orgOf: access.orgOf,
    supervision,
    vault,
    memberLog: signLogOfWeCom(db, directory, wecom),
    notify: tellOfAccountSigns(config.publicUrl),
  });
  access.onSignedIn(accountSigns.onSignedIn);
  directory.onPersonChanged(accountSigns.onPersonChanged);

  const undertakings = createUndertakings({
    db,
    orgOf: access.orgOf,
    supervision,
    calendar,
    sessionOf: (http) => sessions.read(http)?.sid ?? null,
    notify: tellOfUndertakings(config.publicUrl),
  });
  directory.onPersonChanged(undertakings.onPersonChanged);
  access.leadAfterSignIn(undertakings.atSignIn, (error) =>
    log.error({ err: error }, 'undertakings not asked for at signing in'),
  );

  const fileAudits = createFileAudits({
    db,
    settings: parseFileAuditSettings(
      JSON.parse(await readFile(join(root, 'config/file-audits.json'), 'utf8')),
    ),
    orgOf: access.orgOf,
    recordOf: corrections.recordOf,
    setsOf: directory.namedSets,
    peopleInSets: directory.peopleInSets,
    supervision,
    vault,
    notify: tellOfFileAudits(config.publicUrl),
  });
  directory.onPersonChanged(fileAudits.onPersonChanged);

  const delegations = createDelegations({
    db,
    directory,
    orgOf: access.orgOf,
    approvals,
    notify: tellOfDelegations(config.publicUrl),
  });
  directory.onPersonChanged(delegations.onPersonChanged);
  const repairs = createRepairs({
    db,
    settings: parseRepairSettings(JSON.parse(await readFile(join(root, 'config/repairs.json'), 'utf8'))),
    calendar,
    publicUrl: config.publicUrl,
    orgOf: access.orgOf,
    supervision,
    files,
    notify: tellOfRepairs(config.publicUrl),
    acceptanceMoved: (tx, reporterId) => noteMoved(tx, [reporterId]),
  });
  directory.onPersonChanged(repairs.onPersonChanged);
  const sealSettings = parseSealSettings(JSON.parse(await readFile(join(root, 'config/seals.json'), 'utf8')));
  const seals = createSeals({
    db,
    settings: sealSettings,
    orgOf: access.orgOf,
    supervision,
    files,
    notify: tellOfSeals(config.publicUrl),
  });
  directory.onPersonChanged(seals.onPersonChanged);
  access.openArea('repairs', repairs.opensConsole);
  access.openArea('seals', seals.opensConsole);
  hangSealsOnApprovals(approvals, seals, sealSettings);
  const meetingRooms = createMeetingRooms({
    db,
    settings: parseMeetingRoomSettings(
      JSON.parse(await readFile(join(root, 'config/meeting-rooms.json'), 'utf8')),
    ),
    categories: modules.get(MEETING_ROOMS_MODULE)?.categories ?? [],
    orgOf: access.orgOf,
    supervision,
    vault,
    publicUrl: config.publicUrl,
    notify: tellOfMeetingRooms(config.publicUrl),
    mirror: { mode: config.roomCalendar, port: wecom.schedule },
  });
  directory.onPersonChanged(meetingRooms.onPersonChanged);
  const nativeApprovals = createNativeApprovals({
    db,
    isOn: config.nativeApprovals,
    settings: parseNativeSettings(
      JSON.parse(await readFile(join(root, 'config/native-approvals.json'), 'utf8')),
    ),
    vault,
    orgOf: access.orgOf,
    supervision,
    port: wecom.nativeApproval,
    notify: tellOfNativeApprovals(config.publicUrl),
  });
  ground.messaging.onApprovalChanged(nativeApprovals.onApprovalChanged);
  const leaveSettings = parseLeaveSettings(
    JSON.parse(await readFile(join(root, 'config/leave.json'), 'utf8')),
  );
  const leave = createLeave({
    db,
    settings: leaveSettings,
    orgOf: access.orgOf,
    employedSince: directory.employedSince,
    approvals,
    supervision,
    calendar,
    vault,
    publicUrl: config.publicUrl,
    notify: tellOfLeave(config.publicUrl),
  });
  approvals.keepLeaves(leave.keeper);
  approvals.onFinished(leaveSettings.template, leave.follow);
  approvals.onRevoked(leaveSettings.template, leave.revoke);
  approvals.onFinished(leaveSettings.template, suggestAgents(approvals, leave, delegations));
  directory.onPersonChanged(leave.onPersonChanged);

  for (const { kind, answer, pageOf } of [...repairs.cards, ...meetingRooms.cards, ...leave.cards])
    messaging.onCard(kind, answer, pageOf);

  return {
    hr,
    scim,
    limits,
    accounts,
    accountsSettings: settings,
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
  };
}
