import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../kernel/dates.ts';
import { startFake } from '../testing/fake-wecom.ts';
import type { Fake } from '../testing/fake-wecom.ts';
import type { NativeRange } from './native-approval.ts';

let fake: Fake;
beforeEach(async () => {
  fake = await startFake();
});
afterEach(() => fake.close());

const LIST = 'oa/getapprovalinfo';
const DETAIL = 'oa/getapprovaldetail';
interface Asked {
  starttime: string;
  endtime: string;
  new_cursor: string;
  size: number;
}
const now = (): number => fake.clock.now();
const askedOf = (body: string): Asked => JSON.parse(body) as Asked;
const asked = (): Asked[] =>
  fake.server.received.filter(({ api }) => api === LIST).map(({ body }) => askedOf(body));
async function numbers(range: NativeRange): Promise<string[]> {
  const found: string[] = [];
  for await (const number of fake.wecom.nativeApproval.numbers(range)) found.push(number);
  return found;
}

describe('numbers of 企业微信’s own approvals', () => {
  it('asks in windows of at most 31 days, a hundred at a time, until no cursor is left', async () => {
    fake.server.on(LIST, ({ body }) => {
      const { new_cursor: cursor, starttime } = askedOf(body);
      // An empty page with a cursor is not the last one.
      if (cursor === '') return { errcode: 0, sp_no_list: [], new_next_cursor: 'c1' };
      return { errcode: 0, sp_no_list: [`${starttime}1`] };
    });
    const from = now() - 70 * DAY_MS;
    expect(await numbers({ from, until: now() })).toHaveLength(3);
    expect(asked()).toHaveLength(6);
    for (const { starttime, endtime, size } of asked()) {
      expect(Number(endtime) - Number(starttime)).toBeLessThanOrEqual(31 * 86_400);
      expect(size).toBe(100);
    }
    expect(asked()[2]?.starttime).toBe(asked()[0]?.endtime);
  });

  it('301112 asks for less time at once, down to an hour, and loses nothing', async () => {
    fake.server.on(LIST, ({ body }) => {
      const { starttime, endtime } = askedOf(body);
      if (Number(endtime) - Number(starttime) > 86_400) return { errcode: 301112, errmsg: 'narrow' };
      return { errcode: 0, sp_no_list: [starttime] };
    });
    const until = now();
    const found = await numbers({ from: until - 4 * DAY_MS, until });
    expect(found).toEqual([4, 3, 2, 1].map((days) => String(Math.floor((until - days * DAY_MS) / 1000))));
    fake.server.on(LIST, () => ({ errcode: 301112, errmsg: 'narrow' }));
    await expect(numbers({ from: until - HOUR_MS, until })).rejects.toMatchObject({ errcode: 301112 });
  });

  it('a cursor that does not move is no answer, and what is refused is told', async () => {
    fake.server.on(LIST, () => ({ errcode: 0, sp_no_list: [], new_next_cursor: 'same' }));
    await expect(numbers({ from: now() - DAY_MS, until: now() })).rejects.toMatchObject({
      reason: 'bad_answer',
    });
    fake.server.on(LIST, () => ({ errcode: 301055, errmsg: 'no right' }));
    await expect(numbers({ from: now() - DAY_MS, until: now() })).rejects.toMatchObject({
      errcode: 301055,
      handling: 'fixPermission',
    });
    await expect(numbers({ from: now(), until: now() })).rejects.toMatchObject({ handling: 'fixData' });
  });
});

const INFO = {
  sp_no: '202603050007',
  sp_name: '场地借用',
  sp_status: 1,
  template_id: 'C4demo',
  apply_time: 1_772_699_400,
  applyer: { userid: 't1', partyid: '12' },
  sp_record: [
    {
      sp_status: 1,
      approverattr: 1,
      details: [{ approver: { userid: 'a1' }, speech: '', sp_status: 1, sptime: 0, media_id: [] }],
    },
  ],
  process_list: {
    node_list: [
      {
        node_type: 1,
        sp_status: 2,
        apv_rel: 2,
        sub_node_list: [{ userid: 'a1', speech: '好', sp_yj: 2, sptime: 1_772_700_000, media_ids: [] }],
      },
      {
        node_type: 3,
        sp_status: 1,
        apv_rel: 1,
        sub_node_list: [{ userid: 'a2', speech: '', sp_yj: 1, sptime: 0 }],
      },
    ],
  },
  apply_data: {
    contents: [
      {
        control: 'Text',
        id: 'Text-1',
        title: [{ text: '用途', lang: 'zh_CN' }],
        value: { text: '报告厅' },
        hidden: 0,
      },
      {
        control: 'Text',
        id: 'Text-2',
        title: [{ text: '内部', lang: 'zh_CN' }],
        value: { text: '密' },
        hidden: 1,
      },
    ],
  },
  comments: [],
};
const detailOf = (info: object) => {
  fake.server.on(DETAIL, () => ({ errcode: 0, info }));
  return fake.wecom.nativeApproval.detail('202603050007');
};

describe('one of them', () => {
  it('says its steps and seats, without what its form hides', async () => {
    const read = await detailOf(INFO);
    expect(read).toMatchObject({
      number: '202603050007',
      status: 1,
      applicant: 't1',
      applicantDepartment: '12',
    });
    expect(read.appliedAt).toBe(1_772_699_400_000);
    expect(read.steps).toEqual([
      {
        kind: 'approve',
        mode: 'any',
        status: 2,
        seats: [{ userid: 'a1', status: 2, words: '好', at: 1_772_700_000_000 }],
      },
      { kind: 'handle', mode: 'all', status: 1, seats: [{ userid: 'a2', status: 1, words: '', at: null }] },
    ]);
    expect(read.fields).toEqual([{ control: 'Text', title: '用途', value: { text: '报告厅' } }]);
  });

  it('an older form has sp_record alone, where 1 is 或签; a batch form names no single applicant', async () => {
    const { process_list: _newer, applyer: _one, ...older } = INFO;
    const read = await detailOf({ ...older, batch_applyer: [{ userid: 't1' }, { userid: 't2' }] });
    expect(read.steps.map(({ kind, mode }) => [kind, mode])).toEqual([['approve', 'any']]);
    expect(read.applicant).toBe('');
  });

  it('a faulty number costs no call; an answer of another shape fails loudly', async () => {
    await expect(fake.wecom.nativeApproval.detail('../1')).rejects.toMatchObject({ handling: 'fixData' });
    expect(fake.server.received.filter(({ api }) => api === DETAIL)).toEqual([]);
    await expect(detailOf({ ...INFO, sp_status: '1' })).rejects.toMatchObject({ reason: 'bad_answer' });
  });
});
