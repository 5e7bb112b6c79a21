import type { Access } from '../../server/features/access/index.ts';
import type { Seals } from '../../server/features/seals/index.ts';
import type { PersonActor } from '../../server/kernel/actor.ts';
import type { Db } from '../../server/platform/db/unit-of-work.ts';
import { demoCast } from './cast.ts';

interface DemoApp {
  readonly db: Db;
  readonly access: Access;
  readonly seals: Seals;
}

/** Seals with their keepers and two rules for contract numbers, by the commands people use. Uses are for the visitor to make. */
export async function fillSeals(app: DemoApp): Promise<void> {
  const { seals } = app;
  const manager = await actorOf(app, demoCast.superAdmin.userid);
  const secretary = await actorOf(app, demoCast.noticeManager.userid);
  const clerk = await actorOf(app, demoCast.attendanceOfficer.userid);
  const keeper = await actorOf(app, demoCast.hrMaintainer.userid);
  const units = await app.db.read(async (reads) => (await app.access.orgOf(reads)).units());
  const unitId = (code: string): string => units.find((unit) => unit.code === code)?.unitId ?? '';
  if (!manager || !secretary || !clerk || !keeper) return;
  const seal = (code: string, name: string, kind: 'official' | 'contract' | 'unit', unit: string) =>
    seals.addSeal(manager, {
      code,
      name,
      kind,
      unitId: unitId(unit),
      mayGoOut: kind === 'unit',
      place: kind === 'unit' ? '人事处 305' : '行政楼 105 保险柜',
      keeperIds: (kind === 'unit' ? [clerk, keeper] : [secretary]).map(({ personId }) => personId),
    });
  await seal('YZ01', '学院公章', 'official', 'D02');
  await seal('YZ05', '人事处章', 'unit', 'D05');
  await seal('HTZ01', '合同专用章', 'contract', 'D02');
  const rule = (name: string, prefix: string) =>
    seals.addRule(manager, { name, pattern: `${prefix}-{unit}-{yyyy}-{seq:4}`, unitId: unitId('D02') });
  await rule('采购合同', 'HTCG');
  await rule('校企合作协议', 'HTXQ');
}

const actorOf = ({ db, access }: DemoApp, userid: string): Promise<PersonActor | null> =>
  db.read((reads) => access.actorByUserid(reads, userid, { via: 'cli' }));
