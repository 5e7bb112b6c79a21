import type { PersonActor } from '../../../kernel/actor.ts';
import { mustBeIt } from '../policy.ts';
import { type AccountsContext, viewerOf } from './context.ts';
import { type Instruction, instructCircular } from './late-cases.ts';

/** S3-4g: IT notes the instruction it was given. */
export async function noteInstruction(
  ctx: AccountsContext,
  actor: PersonActor,
  { lateCaseIds, ...instruction }: Instruction & { readonly lateCaseIds: readonly string[] },
): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    const org = await ctx.orgOf(tx);
    mustBeIt(viewerOf(org, actor.personId), ctx.settings);
    await instructCircular(tx, lateCaseIds, instruction);
  });
}
