import { LessThan } from 'typeorm';
import type { z } from 'zod';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { type AccountsContext, viewerOf } from '../commands/context.ts';
import type { LinksAnswer, LinksQuery, SystemsAnswer } from '../contract.ts';
import type { AccountsOrg } from '../org.ts';
import { isIt } from '../policy.ts';
import { systemOf } from '../settings.ts';
import { DataLinkTable, SystemTable } from './tables.ts';

/** The register is no secret: everybody may know which systems there are and who answers for them. */
export async function listSystems(
  ctx: AccountsContext,
  reads: Reads,
  personId: string,
): Promise<SystemsAnswer> {
  const org = await ctx.orgOf(reads);
  const { settings } = ctx;
  const rows = new Map((await reads.em.getRepository(SystemTable).find()).map((row) => [row.code, row]));
  const { coordinatorUnitCode, interpreterUnitCode } = settings.offices;
  return {
    systems: settings.systems.map((system) => {
      const row = rows.get(system.code);
      const owner = row ? org.unit(row.ownerUnitId) : byCode(org, settings.owners[system.code]);
      const { code, name, grade, byDefault, onLock, onSecondOut, inspected } = system;
      return {
        code,
        name,
        grade,
        onLock,
        onSecondOut,
        // As it is kept, also while it is off.
        byDefault: row?.byDefault ?? byDefault,
        inspected: row?.inspected ?? inspected,
        ownerUnitId: owner?.unitId ?? null,
        ownerName: owner?.name ?? null,
        state: row?.state ?? 'on',
        version: row?.version ?? null,
      };
    }),
    offices: {
      coordinator: byCode(org, coordinatorUnitCode)?.name ?? null,
      interpreter: byCode(org, interpreterUnitCode)?.name ?? null,
    },
    authorities: settings.authorities.map(({ domain, systemName, ownerUnitCode }) => ({
      domain,
      domainName: DOMAIN_NAMES[domain],
      systemName,
      ownerName: byCode(org, ownerUnitCode)?.name ?? null,
    })),
    can: { register: isIt(viewerOf(org, personId), settings) },
  };
}

const DOMAIN_NAMES = { staff: '人员' } as const;

const byCode = (org: AccountsOrg, code: string | undefined) =>
  code === undefined ? null : (org.units().find((unit) => unit.code === code) ?? null);

/** S3-7: newest first. */
export async function listLinks(
  ctx: AccountsContext,
  reads: Reads,
  query: z.infer<typeof LinksQuery>,
): Promise<LinksAnswer> {
  await ctx.orgOf(reads);
  const rows = await reads.em.getRepository(DataLinkTable).find({
    ...(query.cursor !== undefined && { where: { id: LessThan(query.cursor) } }),
    order: { id: 'DESC' },
    take: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const nameOf = (code: string) => systemOf(ctx.settings, code)?.name ?? code;
  return {
    items: page.map(({ id, providerCode, consumerCode, content, state, sinceAt, version }) => ({
      linkId: id,
      providerName: nameOf(providerCode),
      consumerName: nameOf(consumerCode),
      content,
      state,
      sinceAt,
      version,
    })),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  };
}
