import { DEMO, doorsOf, placeOf, SEES_ONLY, SIDE_DOORS } from './places.mjs';

/** A room's contract.ts, and the parts of a large one in contract/. */
const isContract = (path) => path.startsWith('server/') && /\/contract(\/[^/]+)?\.ts$/.test(path);

/** Floors, doors, contracts and packages: every import of one file. */
export function checkImports(tree, file) {
  const from = placeOf(file.path);
  return file.imports.flatMap((one) => {
    const to = one.target ?? one.pkg;
    const report = (rule, what, cure) => ({ path: file.path, line: one.line, rule, to, what, cure });
    if (isContract(file.path) && !fitsContract(one))
      return [report('contract', `a contract imports ${to}`, 'zod, the kernel and other contracts only')];
    if (one.pkg) return checkPackage(tree, from, one.pkg, report);
    if (one.target) return checkOwn(tree, from, one, report);
    // Styles, pictures and JSON are resolved by the bundler; a missing source file is our business.
    const isSource = /\.(ts|mjs|vue)$/.test(one.spec);
    return isSource ? [report('missing', `${one.spec} does not exist`, 'correct the path')] : [];
  });
}

/** Contracts are read by the webapp and by other contracts: shapes and words, nothing behind them. */
function fitsContract({ pkg, target }) {
  if (pkg) return pkg === 'zod';
  return target === null || isContract(target) || placeOf(target).room === 'kernel';
}

function checkPackage(tree, from, pkg, report) {
  if (pkg.startsWith('node:') || tree.dependencies.has(pkg)) return [];
  if (!tree.devDependencies.has(pkg))
    return [report('packages', `${pkg} is not in package.json`, 'declare it or do without')];
  if (from.zone !== 'server' || from.isTest) return [];
  const cure = 'it is missing in production: move it to dependencies or do without';
  return [report('packages', `${pkg} is a development package`, cure)];
}

function checkOwn(tree, from, one, report) {
  const to = placeOf(one.target);
  if (from.zone === 'webapp') return checkWebapp(from, to, one, report);
  if (from.zone === 'test') return [];
  if (to.isTest && !from.isTest)
    return [report('tests', `${one.target} is for tests`, 'move what is needed out of testing/ or test/')];
  if (from.zone === 'scripts') return checkScript(tree, from, to, one, report);
  if (from.zone !== 'server') return [];
  if (to.zone !== 'server') return checkLeaving(from, to, one, report);
  return [...checkFloor(from, to, one, report), ...checkDoor(tree, from, to, one, report)];
}

/** Scripts come through the doors too; benches measure what lies behind them. */
function checkScript(tree, from, to, one, report) {
  if (to.zone !== 'server' || from.path.startsWith('scripts/bench/')) return [];
  return checkDoor(tree, from, to, one, report);
}

function checkLeaving(from, to, one, report) {
  if (to.zone === 'test' || to.zone === 'elsewhere')
    return from.isTest ? [] : [report('tree', `${one.target} lies outside server/`, 'move it')];
  if (to.zone === 'scripts' && from.room === DEMO) return [];
  return [report('tree', `server/ imports ${one.target}`, 'only server/demo.ts may load scripts/')];
}

function checkFloor(from, to, one, report) {
  if (to.room === from.room) return [];
  if (to.room === 'sandbox' && from.room !== DEMO)
    return [
      report('sandbox', 'the sandbox is not part of the product', 'only server/demo.ts and test/ load it'),
    ];
  if (to.room === DEMO && !(from.room === 'main' && (one.dynamic || one.typeOnly)))
    return [report('sandbox', 'the demo is loaded here', 'only main.ts loads it, and only by import()')];
  if (to.room === 'sandbox' || to.room === DEMO) return [];
  const only = from.isTest ? undefined : SEES_ONLY[from.room];
  if (only && !only.includes(to.room))
    return [
      report('floors', `${from.room} imports ${to.room}`, `${from.room} sees ${only.join(' and ')} only`),
    ];
  if (only || from.floor === null || to.floor === null) return [];
  if (to.floor < from.floor) return [];
  const cure =
    to.floor === from.floor
      ? 'rooms of one floor do not see each other: news travels through sockets filled in compose/'
      : 'imports point down: hand it in by parameter, or move the word down to where both can see it';
  return [report('floors', `${from.room} imports ${to.room}`, cure)];
}

function checkDoor(tree, from, to, one, report) {
  const [own] = doorsOf(from.path, (path) => tree.files.has(path));
  const doors = doorsOf(one.target, (path) => tree.files.has(path));
  const isInside =
    from.zone === 'server' && from.room === to.room && (to.room !== 'platform' || own === doors[0]);
  if (isInside || doors.length === 0 || doors.includes(one.target)) return [];
  if (SIDE_DOORS.some(({ file }) => file === one.target)) return [];
  if (from.isTest && (to.isTest || from.zone !== 'server')) return [];
  if (isContract(one.target) && isContract(from.path)) return [];
  return [report('doors', `${one.target} is inside its room`, `import from ${doors[0]}`)];
}

function checkWebapp(from, to, one, report) {
  if (to.zone === 'scripts' || (to.zone === 'test' && !from.isTest))
    return [report('webapp', `the webapp imports ${one.target}`, 'move it into webapp/src')];
  if (to.zone !== 'server') return [];
  if (!isContract(one.target) && to.room !== 'kernel')
    return [
      report(
        'webapp',
        `the webapp imports ${one.target}`,
        'import from a contract.ts of the server, or a type of the kernel',
      ),
    ];
  if (one.typeOnly || from.isTest) return [];
  return [report('webapp', `${one.target} would be bundled into the webapp`, 'write import type')];
}
