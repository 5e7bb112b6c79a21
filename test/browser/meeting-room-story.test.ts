import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CastKey } from '../../scripts/demo/cast.ts';
import type { KeptRoomAnswer } from '../../server/features/meeting-rooms/contract.ts';
import type { Client } from '../support/client.ts';
import { canBrowse, type Product, startProduct } from './product.ts';
import { clientAs, expectSound, openAs, openTab, PC, PHONE, type Tab } from './tabs.ts';

const ROOM = '德育楼 207';
const root = '/api/meeting-rooms';

describe.runIf(canBrowse)('a meeting room from its door sign to its report', () => {
  let product: Product;
  let booker: Tab;
  let rival: Tab;
  let pc: Tab;
  beforeAll(async () => {
    product = await startProduct();
    [booker, rival, pc] = await Promise.all([openTab(PHONE), openTab(PHONE), openTab(PC)]);
  });
  afterAll(async () => {
    for (const tab of [booker, rival, pc]) await tab?.close();
    await product?.stop();
  });

  const clientOf = (who: CastKey): Promise<Client> => clientAs(product, who);
  const open = (tab: Tab, who: CastKey, path: string): Promise<Page> => openAs(product, tab, who, path);

  async function makeRoom(): Promise<string> {
    const admin = await clientOf('superAdmin');
    const manager = await (await clientOf('unitHead')).get<{ person: { personId: string } }>('/api/me');
    const { keeps } = await admin.get<{ keeps: { unitId: string }[] }>(`${root}/choices`);
    const { roomId } = await admin.post<{ roomId: string }>(`${root}/rooms`, {
      name: ROOM,
      place: '德育楼二层',
      capacity: 30,
      equipment: ['投影', '白板'],
      unitId: keeps[0]?.unitId,
      managerId: manager.person.personId,
      opensMinute: 480,
      closesMinute: 1_080,
      weekdays: [1, 2, 3, 4, 5],
      bookerUnitIds: null,
      needsApproval: false,
      bufferMinutes: 0,
      checkInMinutes: 15,
      state: 'open',
    });
    return roomId;
  }

  /** Tuesday afternoon, two taps from the list of rooms. */
  async function choose(page: Page): Promise<void> {
    await page.getByRole('group', { name: '选日期' }).getByRole('button', { name: '24' }).click();
    await page.getByRole('button', { name: `${ROOM} 14:00，空闲` }).click();
    await page.getByText(`${ROOM} 14:00–15:00`).waitFor();
  }
  const send = (page: Page) =>
    page.getByRole('dialog').getByRole('button', { name: '预订', exact: true }).click();

  it('R42 one books it, another who wanted the same time is offered others, and gets it when nobody came', async () => {
    const roomId = await makeRoom();
    const desk = await open(pc, 'superAdmin', `/console/meeting-rooms/${roomId}/edit`);
    await desk.getByRole('img', { name: `${ROOM}的二维码` }).waitFor();
    await holds(desk, 'settings');
    await desk.getByRole('link', { name: '打印门牌' }).click();
    await desk.getByRole('heading', { name: ROOM, exact: true }).waitFor();
    await holds(desk, 'sign');

    // Both see it free and choose it.
    const first = await open(booker, 'applicant', '/rooms');
    await choose(first);
    await holds(first, 'grid');
    const second = await open(rival, 'colleague', '/rooms');
    await choose(second);

    await first.getByRole('button', { name: '预订', exact: true }).click();
    await first.getByLabel('主题').fill('教研室例会');
    await holds(first, 'sheet');
    await send(first);
    await first.getByRole('button', { name: /教研室例会.*14:00–15:00/ }).waitFor();

    await second.getByRole('button', { name: '预订', exact: true }).click();
    await second.getByLabel('主题').fill('课程建设讨论');
    await send(second);
    await second.getByText(`${ROOM}这个时间已被占用，没有订成。`).waitFor();
    await second.getByText('同一时间换会议室').waitFor();
    await second.getByRole('button', { name: '空出来时告诉我' }).click();
    await second.getByText('空出来会告诉你').first().waitFor();
    await holds(second, 'contested');
    await second.getByRole('button', { name: '11-24 周二 15:00–16:00' }).click();
    await send(second);
    await second.getByRole('button', { name: /课程建设讨论.*15:00–16:00/ }).waitFor();
    // Whose the other meeting is and what it is about is not theirs to know.
    expect(await second.getByText('教研室例会').count()).toBe(0);

    // Nobody came within a quarter of an hour.
    await product.control('POST', '/clock', { set: '2026-11-24T14:20:00+08:00' });
    const own = await open(rival, 'colleague', '/rooms/own');
    const free = own.getByRole('link', { name: '空出来了，去订' });
    await expect
      .poll(
        async () => {
          await own.reload();
          await own.getByRole('button', { name: '将到的' }).waitFor();
          return free.isVisible({ timeout: 1_000 }).catch(() => false);
        },
        { timeout: 30_000, interval: 500 },
      )
      .toBe(true);
    await holds(own, 'own');
    await free.click();
    await own.getByText(`${ROOM} 14:15–15:00`).waitFor();
    await own.getByRole('button', { name: '预订', exact: true }).click();
    await send(own);
    await own.getByRole('button', { name: /会议.*14:15–15:00/ }).waitFor();

    // The code at the door: in the room, and said so.
    const kept = await (await clientOf('superAdmin')).get<KeptRoomAnswer>(`${root}/rooms/${roomId}`);
    await open(rival, 'colleague', kept.doorPath);
    await own.getByRole('button', { name: '签到' }).click();
    await own.getByText('已签到').first().waitFor();
    await holds(own, 'door');

    const lost = await open(booker, 'applicant', '/rooms/own');
    await lost.getByRole('link', { name: /教研室例会/ }).click();
    await lost.getByText('无人签到，释放').waitFor();
    await holds(lost, 'released');

    await product.control('POST', '/clock', { set: '2026-11-24T17:30:00+08:00' });
    await open(pc, 'superAdmin', '/console/meeting-rooms/usage');
    await desk.getByLabel('月份').fill('2026-11');
    const row = desk.getByRole('row', { name: new RegExp(ROOM) });
    await row.waitFor();
    // Three booked, and 45 minutes of them used.
    expect((await row.getByRole('cell').allInnerTexts()).slice(0, 3)).toEqual(['3', '2.8', '0.8']);
    await holds(desk, 'usage');
    quiet();
  });

  /** What a page complains about is a fault of it; a no from the server that it shows is none. */
  const quiet = (): void =>
    expect(
      [booker, rival, pc].flatMap(({ complaints }) => complaints).filter((line) => !line.includes('409')),
    ).toEqual([]);
});

const holds = (page: Page, name: string): Promise<void> => expectSound(page, `rooms-${name}`);
