import type { PersonActor } from '../../server/kernel/actor.ts';
import type { Access } from '../../server/features/access/index.ts';
import type { ActRequest, Repairs } from '../../server/features/repairs/index.ts';
import type { Db } from '../../server/platform/db/unit-of-work.ts';
import { demoCast } from './cast.ts';

interface DemoApp {
  readonly db: Db;
  readonly access: Access;
  readonly repairs: Repairs;
}

/** People of a unit who are nobody in the story, so that the story's own chats stay as they are. */
const membersOf = ({ db, access }: DemoApp, code: string): Promise<PersonActor[]> =>
  db.read(async (reads) => {
    const org = await access.orgOf(reads);
    const unit = org.units().find((one) => one.code === code);
    const cast = new Set<string>(Object.values(demoCast).map(({ userid }) => userid));
    const actors: PersonActor[] = [];
    for (const { personId, isHead } of unit ? org.membersOf(unit.unitId) : []) {
      const userid = org.person(personId)?.userid ?? '';
      const actor =
        isHead || cast.has(userid) ? null : await access.actorByUserid(reads, userid, { via: 'cli' });
      if (actor) actors.push(actor);
    }
    return actors;
  });

/** Places, who mends, and tickets in every state, all by the commands that people use. */
export async function fillRepairs(app: DemoApp): Promise<void> {
  const { repairs } = app;
  const manager = await app.db.read((reads) =>
    app.access.actorByUserid(reads, demoCast.superAdmin.userid, { via: 'cli' }),
  );
  const [plumber, joiner] = await membersOf(app, 'D09');
  const [technician] = await membersOf(app, 'D1001');
  const reporters = await membersOf(app, 'D12');
  if (!manager || !plumber || !joiner || !technician || reporters.length === 0) return;
  await repairs.setWorker(manager, {
    personId: plumber.personId,
    categories: ['water', 'power', 'air'],
    areas: [],
  });
  await repairs.setWorker(manager, {
    personId: joiner.personId,
    categories: ['furniture', 'hygiene'],
    areas: [],
  });
  await repairs.setWorker(manager, {
    personId: technician.personId,
    categories: ['desktop', 'network'],
    areas: [],
  });
  const place = (name: string, area: string, kind: 'room' | 'asset', assetNo = '') =>
    repairs.addPlace(manager, { name, area, kind, assetNo });
  const printer = await place('行政楼 302 打印机', '行政楼', 'asset', 'JD-2023-0417');
  const room = await place('教学楼 A 座 205', '教学楼', 'room');
  const dormitory = await place('3 号宿舍楼 2 层', '宿舍区', 'room');

  let count = 0;
  const report = async (category: string, placeId: string, words: string): Promise<[string, PersonActor]> => {
    const reporter = reporters[count % reporters.length] ?? manager;
    count += 1;
    const { ticketId } = await repairs.report(reporter, {
      clientKey: `demo-repair-${count}`,
      category,
      placeId,
      placeText: '',
      words,
      convenient: '',
      fileIds: [],
    });
    return [ticketId, reporter];
  };
  const act = (actor: PersonActor, ticketId: string, request: ActRequest) =>
    repairs.act(actor, ticketId, request);

  await report('hazard', dormitory.placeId, '楼梯扶手松动，请来看');
  await report('water', dormitory.placeId, '洗手池下面漏水');
  const [held] = await report('air', room.placeId, '空调不制冷');
  await act(plumber, held, { act: 'accept' });
  await act(plumber, held, {
    act: 'hold',
    reason: 'parts',
    words: '等压缩机到货',
    untilOn: null,
    contractor: '',
  });
  const [mending] = await report('furniture', room.placeId, '第三排课桌桌腿断了');
  await act(joiner, mending, { act: 'accept' });
  const [waiting] = await report('desktop', printer.placeId, '打印机卡纸，报错 13.20');
  await act(technician, waiting, { act: 'accept' });
  await act(technician, waiting, { act: 'finish', words: '换了搓纸轮，试印 10 张正常', fileIds: [] });
  const [closed, reporter] = await report('network', room.placeId, '无线网连不上');
  await act(technician, closed, { act: 'accept' });
  await act(technician, closed, { act: 'finish', words: '重启了接入点', fileIds: [] });
  await act(reporter, closed, { act: 'confirm', rating: 5, words: '很快' });
}
