import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAccounts, ownEvidence, parseAccountsSettings } from '../features/accounts/index.ts';
import { createCorrections, parseCorrectionsSettings } from '../features/corrections/index.ts';
import { createHr, createScim, DEFAULT_LIMITS, plansToday } from '../features/hr/index.ts';
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
import { tellOfAccounts } from './tell-of-accounts.ts';
import { tellOfCorrections } from './tell-of-corrections.ts';
import { tellOfScim } from './tell-of-scim.ts';
import { tellOfSources } from './tell-of-sources.ts';
import { moveClocksOfEndedUnits, tellOfEndedUnits, tellOfUnitActs } from './tell-of-units.ts';
import { whatHangsOnUnit } from './what-hangs-on-a-unit.ts';

export type Rooms = Awaited<ReturnType<typeof openRooms>>;

/** Floor 4: rooms that do not see each other; news travels through sockets. */
export async function openRooms(platform: Platform, wecom: Connector, ground: GroundFloors) {
  const { config, clock, log, root, onAlarm, db, vault, blobs, files } = platform;
  const { access, approvals, calendar, directory, maintainerIds, roles, superAdmins, supervision } = ground;
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

  return { hr, scim, limits, accounts, accountsSettings: settings, corrections };
}
