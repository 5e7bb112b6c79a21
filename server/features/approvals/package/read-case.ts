import type { PersonActor } from '../../../kernel/actor.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { ApprovalsContext } from '../commands/deps.ts';
import { maySeeFile } from '../field-rights.ts';
import { printOf } from '../print/queries.ts';
import { readDetail } from '../reads/request.ts';
import { loadInstance } from '../store/requests.ts';
import type { ReadCase } from './case-package.ts';

/**
 * What this person's page and paper show of a request: nothing more goes into the package (H1). Who is no party to it is
 * shown no field that any step hides anything of: `hiddenFrom` hides all of such a form.
 */
export async function readCase(
  ctx: ApprovalsContext,
  reads: Reads,
  reader: PersonActor,
  instanceId: string,
  asParty: boolean,
): Promise<ReadCase> {
  const detail = await readDetail(ctx, reads, reader, instanceId, asParty);
  const print = await printOf(ctx, reads, reader, instanceId, asParty);
  const { state, templateKey, templateVersion } = await loadInstance(reads, instanceId);
  const template = await ctx.templates.version(reads, templateKey, templateVersion);
  return { detail, print, showsFile: maySeeFile(template, state, reader) };
}
