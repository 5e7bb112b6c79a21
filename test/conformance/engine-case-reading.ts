/** The part of engine-case.ts about people who read a request without deciding, and who is named in a comment. */
import { expect } from 'vitest';
import { z } from 'zod';
import type { By } from '../../server/features/approvals/model/people.ts';
import type { InstanceCommand } from '../../server/features/approvals/model/commands.ts';
import type { InstanceState } from '../../server/features/approvals/model/state.ts';
import { circulationRows } from '../../server/features/approvals/timeline/circulation.ts';

export const ReadingThen = {
  readers: z.array(z.string()).optional(),
  mentioned: z.array(z.string()).optional(),
  circulated: z.array(z.string()).optional(),
};
const Then = z.object(ReadingThen);

export function readingCommand(
  verb: 'circulate' | 'confirm' | 'comment',
  { people, text }: { readonly people?: string[] | undefined; readonly text?: string | undefined },
  by: By,
): InstanceCommand {
  switch (verb) {
    case 'circulate':
      return { type: 'circulate', by, personIds: people ?? [], note: text };
    case 'confirm':
      return { type: 'confirmRead', by };
    case 'comment':
      return { type: 'comment', by, text: text ?? '', mentions: people };
  }
}

export function checkReading(state: InstanceState, then: z.infer<typeof Then>): void {
  const readers = (state.circulations ?? []).flatMap(({ by, readers: all }) =>
    all.map(({ person, readAt, confirmedAt }) => {
      const stands = confirmedAt !== null ? 'confirmed' : readAt !== null ? 'read' : 'sent';
      return `${by.personId ?? ''} → ${person.personId} ${stands}`;
    }),
  );
  if (then.readers !== undefined) expect(readers, 'readers').toEqual(then.readers);
  const mentioned = state.comments.flatMap(({ by, mentions = [] }) =>
    mentions.map(({ personId }) => `${by.personId ?? ''} @${personId}`),
  );
  if (then.mentioned !== undefined) expect(mentioned, 'mentioned').toEqual(then.mentioned);
  const rows = circulationRows(state).map(({ name, role, stateWords, comment }) =>
    [name, role, stateWords, comment].filter(Boolean).join(' '),
  );
  if (then.circulated !== undefined) expect(rows, 'circulated').toEqual(then.circulated);
}
