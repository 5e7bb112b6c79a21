import type { PersonActor } from '../../../../kernel/actor.ts';
import { conflict, forbidden, notFound, refused } from '../../../../kernel/errors.ts';
import { recordAct } from '../../../../platform/audit/index.ts';
import type { Reads, Tx } from '../../../../platform/db/unit-of-work.ts';
import type { Template } from '../../template/template.ts';
import { hasEffects, mustRun, runningOf, type DesignContext } from '../context.ts';
import type { StartRequest } from '../contract.ts';
import { changeDraft, draftOf, insertDraft, loadSeenDraft } from '../draft-store.ts';
import { DraftContent, newDraft } from '../draft.ts';
import { designScope, mustChangeDesign } from '../scope.ts';
import { stateOf } from '../states.ts';
import { readYaml } from '../yaml.ts';

/** Begin a draft: from what is in force or was, from a newer file, from YAML, or anew. One is open per template. */
export function startDraft(
  ctx: DesignContext,
  actor: PersonActor,
  request: StartRequest,
): Promise<{ templateKey: string }> {
  return ctx.db.write(actor, async (tx) => {
    const scope = await designScope(tx, actor);
    const { key, content } = await sourceOf(ctx, tx, request);
    const running = await runningOf(ctx, tx, key);
    const open = await draftOf(tx, key);
    mustChangeDesign(scope, running, open?.content ?? null, { key, group: content.group });
    // What rooms carry out when such a request ends is not for whoever designs a group to begin.
    if (!running && hasEffects(ctx, key) && scope.changes !== 'all')
      throw forbidden('approvals.design_not_yours');
    if (request.from === 'new' && running) throw conflict('approvals.template_key_taken', { key });
    const replaces = request.from === 'yaml' ? request.replaces : undefined;
    if (open && replaces === undefined) throw conflict('approvals.draft_open');
    if (replaces !== undefined) await changeDraft(tx, await loadSeenDraft(tx, key, replaces), content);
    else await insertDraft(tx, key, running?.version ?? 0, content);
    recordAct(tx, {
      action: 'approvals.start_draft',
      targetType: 'template',
      targetId: key,
      after: { from: request.from, basedOn: running?.version ?? 0 },
    });
    return { templateKey: key };
  });
}

interface Source {
  readonly key: string;
  readonly content: DraftContent;
}

async function sourceOf(ctx: DesignContext, tx: Tx, request: StartRequest): Promise<Source> {
  switch (request.from) {
    case 'new': {
      const { from: _from, ...head } = request;
      return { key: request.key, content: newDraft(head) };
    }
    case 'running':
      return of(await mustRun(ctx, tx, request.templateKey));
    case 'version':
      return of(await ctx.templates.version(tx, request.templateKey, request.version));
    case 'file':
      return of(await offered(tx, request.templateKey));
    case 'yaml': {
      const reading = readYaml(request.text);
      if (!reading.ok) throw refused('approvals.yaml_unreadable', { faults: reading.faults });
      return { key: reading.template.key, content: reading.content };
    }
  }
}

const of = (template: Template): Source => ({ key: template.key, content: DraftContent.parse(template) });

async function offered(reads: Reads, key: string): Promise<Template> {
  const file = (await stateOf(reads, key))?.fileOffer;
  if (!file) throw notFound('approvals.no_file_offered');
  return file;
}
