import { describe, expect, it } from 'vitest';
import { readAnswer } from './answer.ts';
import { classOf, listedClass } from './error-codes.ts';
import type { CodeClass } from './error-codes.ts';
import { readErrmsg } from './errmsg.ts';
import { FixData, FixPermission, Refused, RetryLater, StopAll, TokenRejected } from './errors.ts';

/** Every code the two reference papers list (messages-and-callbacks.md §2, directory-oa-jssdk.md §13). */
const TABLE: Readonly<Record<Exclude<CodeClass, never>, readonly number[]>> = {
  retryLater: [-1, 6000, 45009, 45033, 45035, 45036, 302005, 302008, 846607],
  token: [40014, 42001],
  stopAll: [40001, 40013, 40091, 41002, 41004, 45031, 48010, 50003, 60020, 60031, 301007, 2000002],
  fixPermission: [
    40056, 40057, 40208, 40209, 40210, 42012, 43012, 45024, 48001, 48002, 48004, 48005, 48006, 48009, 50001,
    50002, 50006, 60011, 60030, 80001, 81011, 81012, 85004, 85005, 85006, 85007, 85008, 85009, 85011, 85012,
    86008, 86101, 90205, 90207, 92001, 92002, 92003, 93001, 93004, 93008, 94000, 94008, 301002, 301042,
    301055, 701008, 701099, 846601, 846609, 853000,
  ],
  fixData: [
    40003, 40004, 40005, 40006, 40007, 40008, 40009, 40011, 40016, 40017, 40018, 40019, 40020, 40022, 40023,
    40024, 40025, 40026, 40027, 40029, 40031, 40032, 40033, 40035, 40039, 40050, 40054, 40055, 40058, 40059,
    40063, 40066, 40068, 40070, 40071, 40072, 40073, 40074, 40088, 40089, 40092, 40093, 40094, 40123, 40145,
    40146, 40201, 40206, 40207, 41006, 41009, 41010, 41011, 41016, 41017, 41018, 41019, 41033, 41036, 41102,
    42003, 42014, 42015, 42016, 42017, 42018, 42019, 42020, 42022, 42027, 42028, 42029, 42030, 42031, 42033,
    42035, 42036, 42037, 42038, 42039, 42040, 42041, 42042, 42043, 42044, 42045, 42046, 42047, 42049, 42050,
    42051, 42052, 43004, 44001, 44004, 45001, 45002, 45004, 45007, 45008, 45022, 45026, 45029, 45032, 45034,
    46003, 46004, 49008, 50100, 60001, 60003, 60004, 60005, 60006, 60007, 60008, 60009, 60010, 60021, 60102,
    60103, 60104, 60105, 60106, 60107, 60110, 60111, 60112, 60123, 60124, 60125, 60127, 60129, 60132, 60136,
    60140, 60141, 60142, 60143, 60144, 60145, 60146, 60147, 60148, 60150, 81001, 81002, 81003, 81013, 81014,
    81017, 82001, 82002, 82003, 82004, 82101, 82102, 84014, 84015, 84019, 84025, 84061, 84090, 84200, 85002,
    85010, 86001, 86003, 86004, 86005, 86006, 86007, 86201, 86202, 86203, 86204, 86205, 86206, 86207, 86215,
    86216, 86217, 86220, 86224, 86225, 86226, 86227, 90100, 90106, 90200, 90201, 90202, 90203, 90204, 90206,
    90208, 91040, 92000, 93000, 93006, 93017, 93018, 93019, 93050, 94001, 94002, 94003, 94005, 94006, 94007,
    94010, 94011, 94012, 94013, 94014, 94015, 94016, 301005, 301012, 301013, 301014, 301015, 301016, 301017,
    301018, 301019, 301021, 301022, 301023, 301024, 301025, 301026, 301036, 302003, 302004, 302006, 302007,
    830001, 830002, 830003, 846604, 846605, 846606, 846608, 846610, 846616, 846625, 846697,
  ],
  permanent: [41001],
};

describe('D7 errcodes by class of handling', () => {
  it.each(Object.entries(TABLE))('%s', (expected, codes) => {
    for (const code of codes) expect([code, listedClass(code)]).toEqual([code, expected]);
  });

  it('no code is listed twice', () => {
    const all = Object.values(TABLE).flat();
    expect(new Set(all).size).toBe(all.length);
  });

  it('an unknown code is permanent and keeps its number', () => {
    expect(listedClass(999_999)).toBeUndefined();
    expect(classOf(999_999)).toBe('permanent');
    expect(thrown({ errcode: 999_999, errmsg: 'who knows' })).toMatchObject({
      handling: 'permanent',
      errcode: 999_999,
    });
  });

  it.each([
    [-1, RetryLater],
    [45033, RetryLater],
    [60102, FixData],
    [48009, FixPermission],
    [60011, FixPermission],
    [40001, StopAll],
    [999_999, Refused],
    [42001, TokenRejected],
  ])('%i becomes its error', (errcode, type) => {
    expect(thrown({ errcode, errmsg: 'x' })).toBeInstanceOf(type);
  });

  it('errcode counts only when it is there and not zero', () => {
    expect(read({ ip_list: [] })).toEqual({ ip_list: [] });
    expect(read({ errcode: 0, errmsg: 'created', id: 3 })).toMatchObject({ id: 3 });
    expect(thrown({ errcode: '48002', errmsg: 'api forbidden' })).toMatchObject({ errcode: 48002 });
  });
});

describe('errmsg', () => {
  const TAIL =
    ', hint: [1773643642077182456917975], from ip: 203.0.113.9, more info at https://open.work.weixin.qq.com/x?e=60011';

  it('stem and hint are kept, the address only where it is the cure', () => {
    expect(thrown({ errcode: 60011, errmsg: `no privilege${TAIL}` })).toMatchObject({
      stem: 'no privilege',
      hint: '1773643642077182456917975',
      ip: undefined,
    });
    expect(thrown({ errcode: 60020, errmsg: `not allow to access from your ip${TAIL}` })).toMatchObject({
      stem: 'not allow to access from your ip',
      ip: '203.0.113.9',
    });
  });

  it('the old form of the hint', () => {
    expect(readErrmsg('invalid code hint: [1600000000_3_0123456789abcdef0123456789abcdef]').hint).toBe(
      '1600000000_3_0123456789abcdef0123456789abcdef',
    );
  });

  it.each([
    ['bad mobile 13900001234', 'bad mobile …'],
    ['mail ada@example.cn used', 'mail … used'],
    ['access_token=abc123&x', 'access_token=…&x'],
    ['at 10.0.0.7 refused', 'at … refused'],
    ['text.content exceed max length 5120', 'text.content exceed max length 5120'],
  ])('%j is masked', (errmsg, stem) => {
    expect(readErrmsg(errmsg).stem).toBe(stem);
  });

  it('anything but text is no stem', () => {
    expect(readErrmsg(undefined)).toEqual({ stem: '', hint: undefined, ip: undefined });
    expect(readErrmsg('x'.repeat(100_000)).stem).toHaveLength(160);
  });
});

const read = (body: object) =>
  readAnswer('test/api', { status: 200, headers: {}, body: Buffer.from(JSON.stringify(body)) });

function thrown(body: object): unknown {
  try {
    read(body);
  } catch (error) {
    return error;
  }
  throw new Error('expected an error');
}
