/**
 * Templates of config/templates at the start. A file that was looked at before changes nothing; a new or changed one is
 * put in force where the version in force came from a file too. What was designed here wins: then the file is offered to
 * its designers to compare.
 */
import { actorId } from '../../../kernel/actor.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { TemplateTable } from '../tables.ts';
import { contentHashOf, type TemplateLibrary } from '../store/templates.ts';
import type { Template } from '../template/template.ts';
import { keepState, stateOf } from './states.ts';

export async function putFileInForce(tx: Tx, library: TemplateLibrary, template: Template): Promise<void> {
  const fileHash = contentHashOf(template);
  const known = await stateOf(tx, template.key);
  if (known?.fileHash === fileHash) return;
  const current = await tx.em
    .getRepository(TemplateTable)
    .findOne({ where: { templateKey: template.key }, order: { templateVersion: 'DESC' } });
  if (current === null || current.contentHash === fileHash || current.publishedBy === actorId(tx.actor)) {
    await library.publish(tx, template);
    await keepState(tx, template.key, { fileHash, fileOffer: null });
    return;
  }
  await keepState(tx, template.key, { fileHash, fileOffer: template });
  recordAct(tx, {
    action: 'approvals.offer_template',
    targetType: 'template',
    targetId: template.key,
    after: { inForce: current.templateVersion, contentHash: fileHash },
  });
}
