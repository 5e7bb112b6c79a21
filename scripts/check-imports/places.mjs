/** Floors, lowest first; rooms of one floor do not see each other (README.md, "Floors"). */
export const FLOORS = [
  ['kernel'],
  ['phrases'],
  ['platform', 'wecom'],
  ['connector'],
  ['directory'],
  ['access'],
  ['messaging'],
  ['supervision'],
  ['approvals'],
  [
    'hr',
    'accounts',
    'corrections',
    'account-signs',
    'undertakings',
    'file-audits',
    'delegations',
    'leave',
    'meeting-rooms',
    'seals',
    'repairs',
    'native-approvals',
    'notices',
    'groupchats',
    'campaigns',
  ],
  ['portal', 'admin', 'keeping'],
  ['config', 'tables'],
  ['migrations'],
  ['compose'],
  ['app'],
  ['demo'],
  ['main'],
];

/** Places that see less than what lies below them. */
export const SEES_ONLY = {
  phrases: ['kernel'],
  wecom: ['kernel'],
  sandbox: ['kernel'],
  // A migration says what was true when it was merged; tables move on.
  migrations: ['kernel', 'platform'],
  config: ['kernel'],
};

/** The only code that may load the sandbox and scripts/, and is itself only loaded by main.ts, by import(). */
export const DEMO = 'demo';

/** Files of a room, beside its doors, that others may import. Each says why. */
export const SIDE_DOORS = [
  {
    file: 'server/wecom/cards/content.ts',
    why: 'what a card says, pure: engines and words name it without loading the builders',
  },
];

/** One file that may go through one wall. Each says why. */
export const EXCEPTIONS = [
  {
    rule: 'floors',
    from: 'server/sandbox/',
    to: 'server/wecom/callback/crypto.ts',
    why: 'the sandbox plays the other side of the same envelope; its crypto is proved by public test vectors',
  },
  {
    rule: 'doors',
    from: 'server/sandbox/',
    to: 'server/wecom/callback/crypto.ts',
    why: 'only the crypto: the door would bring our parser, which the sandbox must not share',
  },
  {
    rule: 'purity',
    from: 'server/kernel/id.ts',
    to: 'uuidv7',
    why: 'makes identifiers: the one use of chance',
  },
  {
    rule: 'purity',
    from: 'server/kernel/id.ts',
    to: 'crypto.getRandomValues',
    why: 'the chance identifiers are made of, drawn many at a time',
  },
  { rule: 'purity', from: 'server/kernel/clock.ts', to: 'Date.now', why: 'the one clock' },
];

/** Names of rule files: they get state, command and now, and return events or changes (principle 3). */
const PURE_NAMES = new Set(
  'engine plan due overlap decide policy resolve forecast template timeline workdays'.split(' '),
);

const FLOOR_OF = new Map(FLOORS.flatMap((rooms, floor) => rooms.map((room) => [room, floor])));
const TOP_FILES = new Set(['main', 'demo', 'app', 'config', 'tables']);

/**
 * @typedef {object} Place
 * @property {string} path from the root
 * @property {'server' | 'webapp' | 'scripts' | 'test' | 'elsewhere'} zone
 * @property {string} room first folder below server/ or server/features/, or main, demo, app, config, tables
 * @property {number | null} floor null: not on a floor (sandbox, other zones, an unknown room)
 * @property {boolean} isTest a test, or a builder only tests use (folders named testing/)
 * @property {boolean} isPure rules and kernel: no I/O, clock, chance, ORM
 */

/** Where a file lives. @returns {Place} */
export function placeOf(path) {
  const [zone, second = '', third = ''] = path.split('/');
  const isTest = /\.test\.[mc]?[jt]s$/.test(path) || path.includes('/testing/');
  if (zone !== 'server') {
    const known = ['webapp', 'scripts', 'test'].includes(zone) ? zone : 'elsewhere';
    return { path, zone: known, room: '', floor: null, isTest: isTest || zone === 'test', isPure: false };
  }
  const top = second.replace(/(\.test)?\.ts$/, '');
  const room = second === 'features' ? third : TOP_FILES.has(top) ? top : second;
  const floor = FLOOR_OF.get(room) ?? null;
  return { path, zone, room, floor, isTest, isPure: !isTest && isPure(path, room) };
}

function isPure(path, room) {
  if (room === 'kernel') return true;
  if (!path.startsWith('server/features/')) return false;
  const names = path.split('/').slice(3);
  return names.some((name) => PURE_NAMES.has(name.replace(/\.ts$/, '')));
}

/** Folders below these are sub-rooms: each may have a door of its own. */
const OPEN_ROOMS = new Set(['platform', 'wecom']);

/**
 * The doors of the file's room, nearest first: `index.ts` of its sub-folder (platform, wecom) or of its room.
 * Empty where everybody may import the file itself: kernel, phrases, and folders without a door.
 */
export function doorsOf(path, has) {
  const parts = path.split('/');
  const { room } = placeOf(path);
  if (room === 'kernel' || room === 'phrases') return [];
  const roomDepth = parts[1] === 'features' ? 3 : 2;
  const depths = OPEN_ROOMS.has(room) ? [roomDepth + 1, roomDepth] : [roomDepth];
  return depths.map((depth) => `${parts.slice(0, depth).join('/')}/index.ts`).filter(has);
}
