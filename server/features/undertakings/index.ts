import { refused } from '../../kernel/errors.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { Route } from '../../platform/http/route.ts';
import { dailyAt, type JobDefinition, type Schedule } from '../../platform/jobs/index.ts';
import type { Keeping } from '../../platform/keeping/index.ts';
import type { PersonChange } from '../directory/index.ts';
import { remindHolders } from './clock.ts';
import { askAtSignIn } from './commands/ask.ts';
import { giveText, type Giving } from './commands/give.ts';
import { onPersonChanged } from './commands/person-changed.ts';
import type { RoomContext, UndertakingsContext } from './context.ts';
import type { Occasion } from './contract.ts';
import { undertakingsKeeping } from './keeping.ts';
import { countsFor, openFor, type GuardedText } from './policy.ts';
import { textInForce } from './queries/concerned.ts';
import { registerTexts } from './register.ts';
import { undertakingsRoutes } from './routes.ts';
import { SETTLE_JOB, settleClocks } from './settle.ts';
import { ownRows } from './store.ts';
import type { Text, TextFile } from './text.ts';

export type { Note as UndertakingNote } from './context.ts';
export type { Giving } from './commands/give.ts';
export type { GuardedText } from './policy.ts';
export { undertakingsPersonData } from './person-data.ts';
export { readTextFiles } from './register.ts';
export { AskTable, GivenTable, undertakingsTables } from './tables.ts';

/** A text by version, for whoever has to read it. */
export interface Wanted {
  readonly textId: string;
  readonly version: number;
  readonly title: string;
  /** Where it is read and given, on the phone. */
  readonly path: string;
}

export type Undertakings = ReturnType<typeof createUndertakings>;

/** 承诺与知晓: texts of the regulations, versioned, given by each person, asked again when they changed, provable. */
export function createUndertakings(deps: UndertakingsContext) {
  let texts: readonly Text[] = [];
  const ctx: RoomContext = { ...deps, texts: () => texts };
  remindHolders(ctx);

  return {
    routes: undertakingsRoutes(ctx) as readonly Route[],
    jobs: [
      { name: SETTLE_JOB, handle: () => settleClocks(ctx) },
    ] satisfies JobDefinition[] as readonly JobDefinition[],
    schedules: [dailyAt(SETTLE_JOB, 6, 20)] as readonly Schedule[],
    keepings: [undertakingsKeeping(deps.db)] as readonly Keeping[],

    /** Once, at the start. @throws Error when words changed without their version, or a version fell */
    async putInForce(files: readonly TextFile[]): Promise<void> {
      texts = await registerTexts(deps.db, files);
    },

    /** What this person has still to read and give before an act of this kind, in order. */
    async required(reads: Reads, personId: string, occasion: Occasion): Promise<Wanted[]> {
      const category = (await deps.orgOf(reads)).person(personId)?.category ?? '';
      return openFor(texts, category, await ownRows(reads, personId), occasion).map(wantedOf);
    },

    /**
     * For a room's own form that shows the text: the actor gives it, in the same unit of work as the act it is for.
     * @throws forbidden `undertakings.own_only`; conflict `undertakings.changed`
     */
    given: (tx: Tx, personId: string, giving: Giving) => giveText(ctx, tx, personId, giving),

    /**
     * A guard for the command of another room. Answers with the version that was given, for that room's own record.
     * @throws refused `undertakings.not_given`, its words and data say what to read and where
     */
    async mustHaveGiven(
      reads: Reads,
      personId: string,
      textId: GuardedText,
    ): Promise<{ textId: string; version: number }> {
      const text = textInForce(ctx, textId);
      const versions = (await ownRows(reads, personId)).given.get(textId) ?? [];
      if (!countsFor(text, versions)) throw refused('undertakings.not_given', { ...wantedOf(text) });
      return { textId, version: Math.max(...versions) };
    },

    /** Fill for `access.leadAfterSignIn`: where to go instead, or null. */
    atSignIn: (personId: string, returnTo: string) => askAtSignIn(ctx, personId, returnTo),
    /** Fill for `directory.onPersonChanged`. */
    onPersonChanged: (tx: Tx, change: Pick<PersonChange, 'personId' | 'kind'>) =>
      onPersonChanged(ctx, tx, change),
  };
}

const wantedOf = ({ textId, version, title }: Text): Wanted => ({
  textId,
  version,
  title,
  path: `/undertakings/${textId}`,
});
