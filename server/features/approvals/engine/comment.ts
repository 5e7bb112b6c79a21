/** Something said about a request, with whom it names and what is attached to it. */
import { refused } from '../../../kernel/errors.ts';
import type { Decision } from '../model/events.ts';
import type { InstanceCommand } from '../model/commands.ts';
import type { InstanceState, NamedFile } from '../model/state.ts';
import { clean } from './acts.ts';
import { mentionsOf } from './mentions.ts';
import { emit, type Run } from './run.ts';

/** All together, so that a request's document stays of a size every act can load and save. */
export const COMMENTS_PER_REQUEST = 500;
/** Attached to comments, all together; each may have 20 MB. */
export const FILES_PER_REQUEST = 60;

/** Has this person sent it before, and only the answer was lost? */
export const isSaid = ({ comments }: InstanceState, personId: string, clientKey: string): boolean =>
  comments.some((one) => one.by.personId === personId && one.clientKey === clientKey);

/** @throws refused `approvals.comment_empty`, `approvals.too_many_comments`, `approvals.too_many_files` */
export function comment(
  run: Run,
  command: Extract<InstanceCommand, { type: 'comment' }>,
): Decision['outcome'] {
  const text = clean(command.text);
  if (text === null) throw refused('approvals.comment_empty');
  const mentions = mentionsOf(run, command.mentions);
  const files = onceEach(command.files ?? []);
  mustHaveRoom(run.state, files);
  emit(run, {
    type: 'commented',
    commentId: run.ctx.newId(),
    ...(command.clientKey !== undefined && { clientKey: command.clientKey }),
    text,
    ...(mentions.length === 0 ? {} : { mentions }),
    ...(files.length === 0 ? {} : { files }),
  });
  return 'done';
}

const onceEach = (files: readonly NamedFile[]): NamedFile[] =>
  files.filter(({ fileId }, at) => files.findIndex((one) => one.fileId === fileId) === at);

function mustHaveRoom({ comments }: InstanceState, files: readonly NamedFile[]): void {
  if (comments.length >= COMMENTS_PER_REQUEST)
    throw refused('approvals.too_many_comments', { max: COMMENTS_PER_REQUEST });
  const attached = comments.reduce((sum, one) => sum + (one.files?.length ?? 0), 0);
  if (files.length > 0 && attached + files.length > FILES_PER_REQUEST)
    throw refused('approvals.too_many_files', { max: FILES_PER_REQUEST });
}
