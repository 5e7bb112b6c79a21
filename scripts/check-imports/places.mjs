/** Floors, lowest first; rooms of one floor do not see each other (DESIGN.md, "Floors"). */
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
  ['hr', 'accounts', 'leave', 'meeting-rooms', 'seals', 'repairs', 'notices', 'groupchats', 'campaigns'],
  ['portal', 'admin'],
  ['migrations', 'config', 'tables'],
  ['app'],
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

/** Files of a room, beside its index.ts, that others may import. Each says why. */
export const SIDE_DOORS = [
  { file: 'server/wecom/cards/index.ts', why: 'cards have a door of their own' },
  { file: 'server/wecom/cards/content.ts', why: 'what a card says, pure: engines and words name it without the builders' },
  { file: 'server/wecom/callback/index.ts', why: 'callbacks have a door of their own' },
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
  { rule: 'purity', from: 'server/kernel/id.ts', to: 'uuidv7', why: 'makes identifiers: the one use of chance' },
  { rule: 'purity', from: 'server/kernel/clock.ts', to: 'Date.now', why: 'the one clock' },
];

/** Names of rule files: they get state, command and now, and return events or changes (principle 3). */
const PURE_NAMES = new Set(
  'engine plan due overlap decide policy resolve forecast template timeline workdays'.split(' '),
);

const FLOOR_OF = new Map(FLOORS.flatMap((rooms, floor) => rooms.map((room) => [room, floor])));
const TOP_FILES = new Set(['main', 'app', 'config', 'tables']);

/**
 * @typedef {object} Place
 * @property {'server' | 'webapp' | 'scripts' | 'test' | 'elsewhere'} zone
 * @property {string} room first folder below server/ or server/features/, or main, app, config, tables
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
    return { zone: known, room: '', floor: null, isTest: isTest || zone === 'test', isPure: false };
  }
  const top = second.replace(/(\.test)?\.ts$/, '');
  const room = second === 'features' ? third : TOP_FILES.has(top) ? top : second;
  const floor = FLOOR_OF.get(room) ?? null;
  return { zone, room, floor, isTest, isPure: !isTest && isPure(path, room) };
}

function isPure(path, room) {
  if (room === 'kernel') return true;
  if (!path.startsWith('server/features/')) return false;
  const names = path.split('/').slice(3);
  return names.some((name) => PURE_NAMES.has(name.replace(/\.ts$/, '')));
}

/** The file others must come through, if the target's folder has one: `index.ts` of its room or sub-folder. */
export function doorsOf(path, has) {
  const parts = path.split('/');
  const depth = parts[1] === 'features' ? 3 : parts[1] === 'platform' ? 3 : 2;
  const door = `${parts.slice(0, depth).join('/')}/index.ts`;
  return has(door) ? door : null;
}
