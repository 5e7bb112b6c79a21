import { findCycles } from './cycles.mjs';
import { checkImports } from './imports.mjs';
import { EXCEPTIONS, placeOf } from './places.mjs';
import { checkPurity } from './purity.mjs';

/** @typedef {{ path: string, line: number, rule: string, what: string, cure: string }} Finding */

/** Everything wrong with a tree. @returns {Finding[]} in order of path and line */
export function checkTree(tree) {
  const used = new Set();
  const findings = [...tree.files.values()]
    .flatMap((file) => [...checkImports(tree, file), ...checkPurity(tree, file), ...checkEnvironment(file)])
    .filter((finding) => !excused(finding, used));
  return [...findings, ...checkRooms(tree), ...checkCycles(tree), ...staleExceptions(tree, used)].sort(
    (a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1),
  );
}

function excused(finding, used) {
  const exception = EXCEPTIONS.find(
    ({ rule, from, to }) =>
      rule === finding.rule &&
      finding.to === to &&
      (from.endsWith('/') ? finding.path.startsWith(from) : finding.path === from),
  );
  if (exception) used.add(exception);
  return exception !== undefined;
}

/** An exception nobody needs any more would hide the next one. */
function staleExceptions(tree, used) {
  const paths = [...tree.files.keys()];
  const lives = ({ from, to }) =>
    paths.some((path) => path.startsWith(from)) && (!to.startsWith('server/') || tree.files.has(to));
  return EXCEPTIONS.filter((exception) => lives(exception) && !used.has(exception)).map(
    ({ rule, from, to }) => ({
      path: 'scripts/check-imports/places.mjs',
      line: 1,
      rule: 'exceptions',
      what: `the exception from ${rule} for ${from} → ${to} is not used`,
      cure: 'delete the line',
    }),
  );
}

/** The environment is read once, by server/config.ts; main.ts hands it over as `readConfig(process.env)`. */
function checkEnvironment(file) {
  const { zone, room, isTest } = placeOf(file.path);
  if (isTest || zone === 'scripts' || file.path === 'server/config.ts') return [];
  const handed = new Set(
    file.mentions.filter(({ what }) => what.startsWith('readConfig')).map(({ line }) => line),
  );
  return file.mentions
    .filter(({ what, line }) => what === 'process.env' && !(room === 'main' && handed.has(line)))
    .map(({ line }) => ({
      path: file.path,
      line,
      rule: 'environment',
      to: 'process.env',
      what: 'process.env is read here',
      cure: 'add a setting to server/config.ts and take it by parameter',
    }));
}

function checkRooms(tree) {
  const finding = (path, what, cure) => ({ path, line: 1, rule: 'rooms', what, cure });
  const nameless = tree.dirs('server/features').flatMap((room) => {
    const path = `server/features/${room}`;
    const unknown = placeOf(`${path}/x.ts`).floor === null;
    return [
      ...(tree.files.has(`${path}/index.ts`) ? [] : [finding(path, 'the room has no door', 'add index.ts')]),
      ...(unknown
        ? [
            finding(
              path,
              'the room stands on no floor',
              'add it to FLOORS in scripts/check-imports/places.mjs',
            ),
          ]
        : []),
    ];
  });
  const strays = tree
    .dirs('server')
    .filter(
      (folder) =>
        folder !== 'features' && folder !== 'sandbox' && placeOf(`server/${folder}/x.ts`).floor === null,
    )
    .map((folder) =>
      finding(`server/${folder}`, 'the folder stands on no floor', 'rooms live in server/features'),
    );
  return [...nameless, ...strays];
}

function checkCycles(tree) {
  const graph = new Map(
    [...tree.files.values()].map(({ path, imports }) => [
      path,
      [...new Set(imports.flatMap(({ target }) => (target && tree.files.has(target) ? [target] : [])))],
    ]),
  );
  return findCycles(graph).map((cycle) => ({
    path: cycle[0],
    line: tree.files.get(cycle[0]).imports.find(({ target }) => target === (cycle[1] ?? cycle[0]))?.line ?? 1,
    rule: 'cycles',
    what: `a circle: ${[...cycle, cycle[0]].join(' → ')}`,
    cure: 'move what both need into a third file',
  }));
}
