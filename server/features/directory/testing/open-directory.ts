import { systemActor, type PersonActor } from '../../../kernel/actor.ts';
import { AuditEntryTable } from '../../../platform/audit/index.ts';
import { createJobs, jobTables } from '../../../platform/jobs/index.ts';
import { createVault } from '../../../platform/vault/index.ts';
import { openTestDb, type TestDb } from '../../../../test/support/test-db.ts';
import { createDirectory, directoryTables, type Directory } from '../index.ts';
import { recordingClient, type RecordingClient } from './recording-client.ts';

export const SEED = systemActor('test:seed');

export const vault = createVault({
  secrets: ['a-secret-for-directory-tests'],
  fingerprintSecret: 'a-fingerprint-secret-for-tests',
});

export interface DirectoryStage<Client extends RecordingClient = RecordingClient> {
  readonly t: TestDb;
  readonly directory: Directory;
  readonly wecom: Client;
  /** Run every job that is due; returns the calls made meanwhile. */
  push(): Promise<RecordingClient['calls']>;
}

/** The directory on a new database with a client that records its calls. */
export const openDirectory = (extraTables: Parameters<typeof openTestDb>[0] = []): Promise<DirectoryStage> =>
  openDirectoryWith(recordingClient(), extraTables);

export async function openDirectoryWith<Client extends RecordingClient>(
  wecom: Client,
  extraTables: Parameters<typeof openTestDb>[0] = [],
): Promise<DirectoryStage<Client>> {
  const t = await openTestDb([...directoryTables, ...jobTables, AuditEntryTable, ...extraTables]);
  const directory = createDirectory({ db: t.db, vault, wecom });
  const log = { warn: () => undefined, error: () => undefined };
  const jobs = createJobs({ db: t.db, clock: t.clock, log, definitions: directory.jobs });
  return {
    t,
    directory,
    wecom,
    async push() {
      const before = wecom.calls.length;
      await jobs.runDue();
      return wecom.calls.slice(before);
    },
  };
}

export const aMaintainer = (personId = 'maintainer'): PersonActor => ({
  kind: 'person',
  personId,
  name: '吴晓燕',
  roles: ['staff', 'hrMaintainer'],
  via: 'console',
});
