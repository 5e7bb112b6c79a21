import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemActor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import { recordAct } from '../../platform/audit/index.ts';
import { againOnClash } from '../../platform/db/again-on-clash.ts';
import { insertRows } from '../../platform/db/rows.ts';
import type { Db } from '../../platform/db/unit-of-work.ts';
import { inForce, planRegistration } from './policy.ts';
import { registeredTexts } from './store.ts';
import { TextTable } from './tables.ts';
import type { Text, TextFile } from './text.ts';
import { parseTextFile } from './text-file.ts';

const README = 'README.md';

/** @throws Error naming every file with what is wrong with it */
export async function readTextFiles(folder: string): Promise<TextFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md') && name !== README).sort();
  const faults: string[] = [];
  const files: TextFile[] = [];
  for (const name of names) {
    try {
      files.push(parseTextFile(name.slice(0, -'.md'.length), await readFile(join(folder, name), 'utf8')));
    } catch (error) {
      faults.push(`config/undertakings/${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return files;
}

/**
 * Keep every version that is new, word for word, so that what somebody gave can be shown years later.
 * @throws Error when words changed without their version, or a version fell
 */
export const registerTexts = (db: Db, files: readonly TextFile[]): Promise<Text[]> =>
  // Another instance may start at the same moment.
  againOnClash(() =>
    db.write(systemActor('start'), async (tx) => {
      const registered = await registeredTexts(tx);
      const { fresh, faults } = planRegistration(files, registered);
      if (faults.length > 0) throw new Error(faults.join('\n'));
      await insertRows(
        tx,
        TextTable,
        fresh.map(({ textId, version, title, source, words, sha256, askAgain }) => ({
          id: newId(),
          textId,
          textVersion: version,
          title,
          source,
          words,
          sha256,
          askAgain,
          registeredAt: tx.now,
        })),
      );
      for (const { textId, version, sha256 } of fresh)
        recordAct(tx, {
          action: 'undertakings.register',
          targetType: 'undertaking_text',
          targetId: textId,
          after: { version, sha256 },
        });
      return inForce(files, [...registered, ...fresh]);
    }),
  );
