import { placeOf } from './places.mjs';

/** Packages that do I/O, keep time or carry the ORM. zod and plain algorithms are fine in a rule. */
const IMPURE = new Set(
  `typeorm koa @koa/router koa-body koa-helmet helmet axios mysql2 libsql pino prom-client node-cron
   rate-limiter-flexible read-excel-file write-excel-file reflect-metadata`.split(/\s+/),
);
const CURE = 'a rule gets what it needs by parameter: (state, command, now) → changes';

/**
 * Principle 3. A rule file imports no I/O, ORM or platform (types included), names no clock, chance or environment,
 * and what it loads at run time from its own room holds to the same.
 */
export function checkPurity(tree, file) {
  if (!placeOf(file.path).isPure) return [];
  const finding = (line, to, what) => ({ path: file.path, line, rule: 'purity', to, what, cure: CURE });
  const mentions = file.mentions
    .filter(isImpureMention)
    .map(({ line, what }) => finding(line, what, `${what} in a rule`));
  const imports = file.imports.flatMap((one) => {
    const fault = directFault(file.path, one) ?? reachedFault(tree, file.path, one);
    return fault ? [finding(one.line, one.target ?? one.pkg, fault)] : [];
  });
  return [...mentions, ...imports];
}

const isImpureMention = ({ what }) => !what.startsWith('readConfig');

function directFault(path, { pkg, target, typeOnly }) {
  const { room } = placeOf(path);
  if (pkg) {
    if (room === 'kernel') return `the kernel imports ${pkg}`;
    return pkg.startsWith('node:') || IMPURE.has(pkg) ? `a rule imports ${pkg}` : null;
  }
  if (!target) return null;
  const to = placeOf(target);
  if (to.room === room || to.room === 'kernel' || to.room === 'phrases') return null;
  if (to.room === 'platform') return `a rule imports the platform (${target})`;
  return typeOnly || to.room === 'wecom'
    ? null
    : `a rule loads another room (${target}); types only, or the kernel`;
}

/** The first impure thing that loading `one` brings along, with the way there. */
function reachedFault(tree, path, one) {
  if (one.typeOnly || !one.target) return null;
  const room = placeOf(path).room;
  const way = new Map([[one.target, []]]);
  for (const [target, before] of way) {
    const file = tree.files.get(target);
    if (!file || placeOf(target).room !== room) continue;
    const steps = [...before, target];
    const mention = file.mentions.find(isImpureMention);
    if (mention && !placeOf(target).isPure) return `${mention.what} through ${steps.join(' → ')}`;
    for (const next of file.imports) {
      if (next.typeOnly) continue;
      if (isImpure(next, room)) return `${next.pkg ?? next.target} through ${steps.join(' → ')}`;
      if (next.target && !way.has(next.target)) way.set(next.target, steps);
    }
  }
  return null;
}

function isImpure({ pkg, target }, room) {
  if (pkg) return pkg.startsWith('node:') || IMPURE.has(pkg);
  if (!target) return false;
  const to = placeOf(target).room;
  return to !== room && to !== 'kernel' && to !== 'phrases' && to !== 'wecom';
}
