import type { PersonActor } from '../../../kernel/actor.ts';
import { mustBeTyped } from '../../../kernel/typed-phrase.ts';
import type { Instruction } from '../model.ts';
import { mustBeIt } from '../policy.ts';
import { type AccountsContext, viewerOf } from './context.ts';
import { instructionOwner } from './files.ts';
import { instructCircular } from './late-cases.ts';

/** S3-4g: IT notes the instruction it was given. */
export async function noteInstruction(
  ctx: AccountsContext,
  actor: PersonActor,
  {
    lateCaseIds,
    phrase,
    ...instruction
  }: Instruction & {
    readonly lateCaseIds: readonly string[];
    readonly phrase?: string | undefined;
  },
): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    const org = await ctx.orgOf(tx);
    mustBeIt(viewerOf(org, actor.personId), ctx.settings);
    mustBeTyped(lateCaseIds.length, `登记${lateCaseIds.length}件`, phrase);
    await instructCircular(tx, lateCaseIds, instruction);
    const { fileId } = instruction;
    if (fileId) await ctx.claimFiles(tx, [fileId], instructionOwner(fileId));
  });
}
