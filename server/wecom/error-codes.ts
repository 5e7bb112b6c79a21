/**
 * What each errcode asks of the caller (rule D7). Source: official table 90313 and the pages of the single APIs,
 * Aug 2026. `token` never leaves this room: the token manager answers it. A code that is not listed is permanent
 * and keeps its raw number: guessing "retry" for an unknown refusal makes loops.
 */
export type Handling = 'retryLater' | 'fixData' | 'fixPermission' | 'stopAll' | 'permanent';
export type CodeClass = Handling | 'token';

type Codes = readonly (number | readonly [from: number, to: number])[];

/** Busy, conflicting writers, rate and concurrency limits, an import job that is still running. */
const RETRY_LATER: Codes = [-1, 6000, 45009, 45033, 45035, 45036, 302005, 302008, 846607];

const TOKEN: Codes = [40014, 42001];

/**
 * Nothing of this credential will work until a person acts: bad secret or corp id, weak secret, app switched off,
 * caller address not trusted, TLS too old, corp disbanded.
 */
const STOP_ALL: Codes = [
  40001, 40013, 40091, 41002, 41004, 45031, 48010, 50003, 60020, 60031, 301007, 2000002,
];

/** An administrator must grant, configure or buy something; other APIs of the credential still work. */
const FIX_PERMISSION: Codes = [
  40056,
  40057,
  [40208, 40210],
  42012,
  43012,
  45024,
  [48001, 48002],
  [48004, 48006],
  48009,
  [50001, 50002],
  50006,
  60011,
  60030,
  80001,
  [81011, 81012],
  [85004, 85009],
  [85011, 85012],
  86008,
  86101,
  90205,
  90207,
  90466,
  90472,
  90477,
  90479,
  [92001, 92003],
  93001,
  93004,
  93008,
  94000,
  94008,
  301002,
  301042,
  301055,
  [701008, 701099],
  846601,
  846609,
  853000,
];

/** This request's content is wrong, or its target does not exist; another request may pass. */
const FIX_DATA: Codes = [
  40003,
  [40004, 40009],
  40011,
  [40016, 40020],
  [40022, 40027],
  40029,
  [40031, 40033],
  40035,
  40039,
  40050,
  [40054, 40055],
  [40058, 40059],
  40063,
  40066,
  40068,
  [40070, 40074],
  [40088, 40089],
  [40092, 40094],
  40123,
  [40145, 40146],
  40201,
  [40206, 40207],
  41006,
  [41009, 41011],
  [41016, 41019],
  41033,
  41036,
  41102,
  [42003, 42003],
  [42014, 42020],
  42022,
  [42027, 42031],
  42033,
  [42035, 42047],
  [42049, 42052],
  43004,
  44001,
  44004,
  [45001, 45002],
  45004,
  [45007, 45008],
  45022,
  45026,
  45029,
  45032,
  45034,
  [46003, 46004],
  49008,
  50100,
  [60001, 60010],
  60021,
  [60102, 60107],
  [60110, 60112],
  [60123, 60125],
  60127,
  60129,
  60132,
  60136,
  [60140, 60150],
  60257,
  [81001, 81003],
  [81013, 81014],
  81017,
  [82001, 82004],
  [82101, 82102],
  [84014, 84015],
  [84019, 84025],
  84061,
  84090,
  84200,
  85002,
  85010,
  86001,
  [86003, 86007],
  [86201, 86207],
  [86215, 86217],
  86220,
  [86224, 86227],
  [90100, 90106],
  [90200, 90204],
  90206,
  90208,
  // Calendars and schedules (page 90313).
  [90457, 90462],
  90464,
  90465,
  90467,
  [90469, 90471],
  90480,
  90482,
  [90484, 90488],
  90492,
  90495,
  [90497, 90499],
  90700,
  [90704, 90708],
  90710,
  91040,
  92000,
  93000,
  93006,
  [93017, 93019],
  93050,
  [94001, 94003],
  [94005, 94007],
  [94010, 94016],
  301005,
  [301012, 301019],
  [301021, 301026],
  301036,
  [302003, 302004],
  [302006, 302007],
  [830001, 830003],
  [846604, 846606],
  846608,
  [846610, 846616],
  846625,
  846697,
];

/** Our own mistake (no token in the query): no retry and no operator can cure it. */
const PERMANENT: Codes = [41001];

const LISTS: readonly (readonly [CodeClass, Codes])[] = [
  ['retryLater', RETRY_LATER],
  ['token', TOKEN],
  ['stopAll', STOP_ALL],
  ['fixPermission', FIX_PERMISSION],
  ['fixData', FIX_DATA],
  ['permanent', PERMANENT],
];

const covers = (codes: Codes, errcode: number): boolean =>
  codes.some((code) =>
    typeof code === 'number' ? code === errcode : errcode >= code[0] && errcode <= code[1],
  );

/** The class of a listed code, or undefined. */
export const listedClass = (errcode: number): CodeClass | undefined =>
  LISTS.find(([, codes]) => covers(codes, errcode))?.[0];

/** D7: the class of any non-zero code; unknown ones are permanent. */
export const classOf = (errcode: number): CodeClass => listedClass(errcode) ?? 'permanent';

/**
 * Codes that speak of the secret itself. Trying again with them can get the caller's address banned for an hour
 * (90313/45009), so they pause longest.
 */
export const isSecretFault = (errcode: number | undefined): boolean =>
  errcode !== undefined && [40001, 40013, 40091, 41002, 41004, 45031, 2000002, 301007].includes(errcode);
