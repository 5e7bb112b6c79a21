import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { SystemSettings } from '../model.ts';
import type { AccountsSettings } from '../settings.ts';
import { type SystemRow, SystemTable } from './tables.ts';

export interface SystemBook {
  /** The file's policy set, with every registered system among its `systems`. */
  readonly settings: AccountsSettings;
  /** Looks for what was registered or changed, here or by another instance, since it last looked. */
  refresh(reads: Reads): Promise<void>;
}

/** Without an interface of its own, what proves use of a system is its console's export. */
const EVIDENCE = ['consoleExport'];

/** S3-6: the same rules for any system registered later, without code and without a restart. */
export function createSystemBook(file: AccountsSettings): SystemBook {
  const rows = new Map<string, SystemRow>();
  const settings: AccountsSettings = {
    ...file,
    get systems() {
      return [...file.systems, ...[...rows.values()].map(settingsOf)];
    },
    inspection: {
      ...file.inspection,
      get requiredSources() {
        const added = [...rows.keys()].map((code) => [code, EVIDENCE] as const);
        return { ...Object.fromEntries(added), ...file.inspection.requiredSources };
      },
    },
  };
  return {
    settings,
    async refresh(reads) {
      const found = await reads.em.getRepository(SystemTable).find({ order: { id: 'ASC' } });
      // A reader with an older view of the database takes nothing back that a newer one saw.
      for (const row of found) {
        if ((rows.get(row.code)?.version ?? 0) < row.version) rows.set(row.code, row);
      }
    },
  };
}

function settingsOf({
  code,
  name,
  grade,
  byDefault,
  onLock,
  onSecondOut,
  inspected,
  state,
}: SystemRow): SystemSettings {
  const isOn = state === 'on';
  return {
    code,
    name,
    grade,
    byDefault: isOn && byDefault,
    onLock,
    onSecondOut,
    inspected: isOn && inspected,
  };
}
