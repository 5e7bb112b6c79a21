import { Readable } from 'node:stream';
import { z } from 'zod';
import type { PersonActor } from '../../../../kernel/actor.ts';
import { forbidden, notFound } from '../../../../kernel/errors.ts';
import { recordAct } from '../../../../platform/audit/index.ts';
import { route, type Route } from '../../../../platform/http/route.ts';
import { Id } from '../../contract.ts';
import { askPackage } from './ask.ts';
import { mustReach, type PeriodDeps } from './context.ts';
import * as contract from './contract.ts';
import { bytesOfParts } from './parts.ts';
import { listPackages } from './queries.ts';
import { PackageTable, type PackageRow } from './tables.ts';

export const periodRoutes = (deps: PeriodDeps): Route[] => [
  route({
    method: 'get',
    path: '/api/approvals/packages',
    summary: 'Packages of a period that I asked for, and what I may ask for',
    auth: 'person',
    query: contract.PackagesQuery,
    answer: contract.PackagesAnswer,
    handle: ({ actor, query }) =>
      deps.ctx.db.read((reads) => listPackages(deps, reads, actor.personId, query)),
  }),
  route({
    method: 'post',
    path: '/api/approvals/packages',
    summary: 'Ask for the requests of a period as one .zip; says what for, recorded, made in the background',
    auth: 'person',
    body: contract.AskPackageRequest,
    answer: contract.AskPackageAnswer,
    handle: ({ actor, body }) => askPackage(deps, actor, body),
  }),
  route({
    method: 'get',
    path: '/api/approvals/packages/:packageId/file',
    summary: 'The .zip, for whoever asked for it and may still; recorded',
    auth: 'person',
    params: z.strictObject({ packageId: Id }),
    handle: async ({ actor, params, ctx: http }) => {
      const row = await take(deps, actor, params.packageId);
      const name = `卷宗 ${row.fromOn} 起 ${String(row.caseCount)} 件.zip`;
      http.type = 'application/zip';
      if (row.bytes !== null) http.length = row.bytes;
      http.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
      http.set('Cache-Control', 'no-store');
      http.body = Readable.from(bytesOfParts(deps, row.id));
    },
  }),
];

/** On the record before a byte leaves. @throws notFound `approvals.package_unknown`; as `mustReach` does */
const take = (deps: PeriodDeps, actor: PersonActor, packageId: string): Promise<PackageRow> =>
  deps.ctx.db.write(actor, async (tx) => {
    const packages = tx.em.getRepository(PackageTable);
    const row = await packages.findOneBy({ id: packageId, askedBy: actor.personId, state: 'ready' });
    if (!row) throw notFound('approvals.package_unknown');
    const reach = await mustReach(deps, tx, actor.personId);
    // H1: what they reach may be less by now than when it was made.
    if (reach !== null && row.unitIds?.every((unitId) => reach.has(unitId)) !== true)
      throw forbidden('approvals.package_not_yours');
    if (row.takenAt === null) await packages.update({ id: row.id }, { takenAt: tx.now });
    recordAct(tx, {
      action: 'approvals.take_package',
      targetType: 'approval_package',
      targetId: row.id,
      after: { cases: row.caseCount, bytes: row.bytes },
    });
    return row;
  });
