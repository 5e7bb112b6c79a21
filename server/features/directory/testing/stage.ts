import type { Actor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { Directory, PersonChange, PersonGoal, PostGoal } from '../index.ts';
import { openDirectory, SEED, type DirectoryStage } from './open-directory.ts';
import { smallRoster } from './small-roster.ts';

/** The small roster loaded and pushed, with shorthands for acts and questions. */
export interface LoadedStage extends DirectoryStage {
  readonly changes: PersonChange[];
  act<T>(work: (directory: Directory, tx: Tx) => Promise<T>, actor?: Actor): Promise<T>;
  personOf(staffNo: string): Promise<string>;
  unitOf(code: string): Promise<string>;
  post(code: string, more?: Partial<PostGoal>): Promise<PostGoal>;
  /** Somebody new in 人事处 who lacks nothing. */
  newcomer(more?: Partial<PersonGoal>): Promise<PersonGoal>;
}

export async function openLoaded(): Promise<LoadedStage> {
  const stage = await openDirectory();
  const { t, directory } = stage;
  await t.db.write(SEED, (tx) => directory.importRoster(tx, smallRoster()));
  await stage.push();
  const changes: PersonChange[] = [];
  directory.onPersonChanged(async (_tx, change) => void changes.push(change));
  const unitOf = async (code: string) =>
    (await t.db.read((reads) => directory.lookups.unitIdOf(reads, code))) ?? '';
  const post = async (code: string, more: Partial<PostGoal> = {}): Promise<PostGoal> => ({
    unitId: await unitOf(code),
    kind: 'main',
    title: '科员',
    isHead: false,
    headRank: null,
    sinceOn: '2026-11-23',
    untilOn: null,
    place: null,
    ...more,
  });
  return {
    ...stage,
    changes,
    act: (work, actor = SEED) => t.db.write(actor, (tx) => work(directory, tx)),
    personOf: async (staffNo) =>
      (await t.db.read((reads) => directory.lookups.personIdOf(reads, staffNo))) ?? '',
    unitOf,
    post,
    newcomer: async (more = {}) => ({
      staffNo: '00900',
      name: '孙悦',
      category: 'internal',
      mobile: '19900000900',
      posts: [await post('D05')],
      ...more,
    }),
  };
}
