import { Readable } from 'node:stream';
import { z } from 'zod';
import type { PersonActor } from '../../../kernel/actor.ts';
import { refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import { safeName, zipPieces } from '../../../platform/zip/index.ts';
import { SUBJECT } from '../commands/happening.ts';
import { Id } from '../contract.ts';
import { createTurns } from './at-once.ts';
import { casePackage, type CasePackage, type PackageDeps } from './case-package.ts';
import * as contract from './contract.ts';

/** Of all its files before packing. More is taken from the request's page, one by one. */
const MOST_BYTES = 512 * 1024 ** 2;

export function packageRoutes(deps: PackageDeps): Route[] {
  const turns = createTurns();
  return [
    route({
      method: 'post',
      path: '/api/approvals/instances/:instanceId/package',
      summary:
        'A request as one .zip: form, timeline, attachments, the record with its proof; says what for, recorded',
      auth: 'person',
      params: z.strictObject({ instanceId: Id }),
      body: contract.PackageRequest,
      handle: async ({ actor, params, body, ctx: http }) => {
        const over = turns.begin(actor.personId);
        try {
          const made = await casePackage(deps, actor, params.instanceId);
          mustBeTakable(made);
          await note(deps, actor, made, body.purpose);
          const name = `${safeName(`${made.detail.number} ${made.detail.title}`)}.zip`;
          http.type = 'application/zip';
          http.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
          http.set('Cache-Control', 'no-store');
          http.body = Readable.from(zipPieces(made.files, made.manifest.madeAt)).once('close', over);
        } catch (error) {
          over();
          throw error;
        }
      },
    }),
  ];
}

/** @throws refused `approvals.package_case_large` */
function mustBeTakable({ bytes }: CasePackage): void {
  if (bytes > MOST_BYTES) throw refused('approvals.package_case_large', { most: MOST_BYTES / 1024 ** 2 });
}

/** On the record before a byte leaves: who, how much, by which hash; what for is their own words (H9). */
const note = ({ ctx }: PackageDeps, actor: PersonActor, made: CasePackage, purpose: string): Promise<void> =>
  ctx.db.write(actor, (tx) => {
    recordAct(tx, {
      action: 'approvals.export_package',
      targetType: SUBJECT,
      targetId: made.manifest.instanceId,
      after: { files: made.manifest.files.length, bytes: made.bytes, manifest: made.manifestHash },
      personal: { personId: actor.personId, after: { purpose } },
    });
    return Promise.resolve();
  });
