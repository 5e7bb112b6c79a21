import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Context } from 'koa';
import { actorId, systemActor, type PersonActor } from '../../kernel/actor.ts';
import { badRequest, notFound, refused } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { recordAct } from '../audit/index.ts';
import { updateCount } from '../db/rows.ts';
import type { Db, Reads, Tx } from '../db/unit-of-work.ts';
import { type Keeping, numberIn } from '../keeping/index.ts';
import type { BlobStore } from './blob-store.ts';
import { readUpload } from './read-upload.ts';
import { cleanName, typeOfUpload } from './sniff.ts';
import { FileTable, type FileRow } from './tables.ts';

const SWEEP = 'files.unclaimed';

export interface FileBrief {
  readonly fileId: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

export interface HashedFile extends FileBrief {
  /** SHA-256 of the bytes, hex. */
  readonly contentHash: string;
}

export interface Files {
  /** Take one multipart file from the request. @throws `files.missing`, `files.type`, `http.too_large` */
  receive(ctx: Context, actor: PersonActor): Promise<FileBrief>;
  /** The same for bytes at hand. @throws `files.type` */
  keep(actor: PersonActor, originalName: string, bytes: Buffer): Promise<FileBrief>;
  /** A file this person uploaded and nothing has taken yet; null otherwise. */
  ownUnclaimed(reads: Reads, fileId: string, personId: string): Promise<FileBrief | null>;
  /**
   * From now on the files belong to this owner: all of them, or the unit of work fails (`files.unknown`). Only the
   * uploader's own unclaimed files can be taken.
   */
  claim(tx: Tx, fileIds: readonly string[], owner: { type: string; id: string }): Promise<void>;
  /** They belong to nobody any more, and the sweep takes them with their bytes. */
  release(tx: Tx, owner: { type: string; id: string }, fileIds?: readonly string[]): Promise<void>;
  /** The bytes of a file this person uploaded and nothing has taken yet; null otherwise. */
  bytesOfUnclaimed(fileId: string, personId: string): Promise<Buffer | null>;
  /** SHA-256 the bytes had when they were uploaded, in hex. @throws `files.unknown` */
  hashOf(reads: Reads, fileId: string): Promise<string>;
  /** Whether the same bytes, uploaded by whomever, belong to an owner. @throws `files.unknown` */
  isTaken(reads: Reads, fileId: string): Promise<boolean>;
  ofOwner(reads: Reads, owner: { type: string; id: string }): Promise<FileBrief[]>;
  /** The same with the SHA-256 of their bytes, for a package of them. */
  hashesOfOwner(reads: Reads, owner: { type: string; id: string }): Promise<HashedFile[]>;
  /** The bytes of a file whose hash the caller was given. @throws when the store has lost them */
  bytesOf(file: Pick<HashedFile, 'contentHash'>): Promise<Readable>;
  /** SHA-256 of the bytes as they lie in the store now, in hex. @throws when the store has lost them */
  digestOf(contentHash: string): Promise<string>;
  /** Send it as a download. The caller has checked that the reader may see the owner. @throws `files.unknown` */
  send(ctx: Context, fileId: string, owner: { type: string; id: string }): Promise<void>;
  /** Files no request ever took. */
  readonly keepings: readonly Keeping[];
}

const brief = (row: FileRow): FileBrief => ({
  fileId: row.id,
  name: row.name,
  size: row.size,
  type: row.type,
});

/** Attachments: rows in the database, bytes in the store. */
export function createFiles(db: Db, store: BlobStore): Files {
  async function keep(actor: PersonActor, originalName: string, bytes: Buffer): Promise<FileBrief> {
    const name = cleanName(originalName);
    const type = typeOfUpload(name, bytes);
    if (type === null) throw badRequest('files.type');
    const row: FileRow = {
      id: newId(),
      contentHash: await store.put(bytes),
      name,
      type,
      size: bytes.length,
      uploadedBy: actor.personId,
      uploadedAt: 0,
      ownerType: null,
      ownerId: null,
    };
    await db.write(actor, async (tx) => {
      tx.append(FileTable, { ...row, uploadedAt: tx.now });
      recordAct(tx, {
        action: 'files.upload',
        targetType: 'file',
        targetId: row.id,
        after: { size: row.size, type },
      });
    });
    return brief(row);
  }

  /** The row first: bytes without a row are asked for by nobody, a row without bytes would be. */
  async function sweep(before: number, limit: number): Promise<number> {
    const old = await db.read((r) =>
      r.em
        .getRepository(FileTable)
        .createQueryBuilder('f')
        .where('f.ownerId is null and f.uploadedAt < :before', { before })
        .orderBy('f.uploadedAt')
        .take(Math.min(limit, 200))
        .getMany(),
    );
    for (const row of old) {
      await db.write(systemActor(SWEEP), (tx) =>
        tx.em.query('delete from file where id = ? and ownerId is null', [row.id]),
      );
      const others = await db.read((r) =>
        r.em.getRepository(FileTable).countBy({ contentHash: row.contentHash }),
      );
      if (others === 0) await store.remove(row.contentHash);
    }
    return old.length;
  }

  return {
    async receive(ctx, actor) {
      const { bytes, originalFilename } = await readUpload(ctx);
      return keep(actor, originalFilename ?? '', bytes);
    },
    keep,
    async ownUnclaimed(reads, fileId, personId) {
      const row = await reads.em.getRepository(FileTable).findOneBy({ id: fileId });
      return row && row.uploadedBy === personId && row.ownerId === null ? brief(row) : null;
    },
    async claim(tx, fileIds, owner) {
      const wanted = [...new Set(fileIds)];
      if (wanted.length === 0) return;
      const taken = await updateCount(
        tx.em,
        `update file set ownerType = ?, ownerId = ? where ownerId is null and uploadedBy = ?
         and id in (${wanted.map(() => '?').join(', ')})`,
        [owner.type, owner.id, actorId(tx.actor), ...wanted],
      );
      // Two requests at once with one file: the second finds it taken.
      if (taken !== wanted.length) throw refused('files.unknown');
    },
    async release(tx, owner, fileIds) {
      if (fileIds?.length === 0) return;
      const which = fileIds ? ` and id in (${fileIds.map(() => '?').join(', ')})` : '';
      await tx.em.query(
        `update file set ownerType = null, ownerId = null where ownerType = ? and ownerId = ?${which}`,
        [owner.type, owner.id, ...(fileIds ?? [])],
      );
    },
    async bytesOfUnclaimed(fileId, personId) {
      const row = await db.read((r) => r.em.getRepository(FileTable).findOneBy({ id: fileId }));
      if (!row || row.uploadedBy !== personId || row.ownerId !== null) return null;
      return buffer((await store.open(row.contentHash)).stream);
    },
    async hashOf(reads, fileId) {
      const row = await reads.em.getRepository(FileTable).findOneBy({ id: fileId });
      if (!row) throw notFound('files.unknown');
      return row.contentHash;
    },
    async isTaken(reads, fileId) {
      const row = await reads.em.getRepository(FileTable).findOneBy({ id: fileId });
      if (!row) throw notFound('files.unknown');
      const others = await reads.em.query<unknown[]>(
        'select id from file where contentHash = ? and ownerId is not null limit 1',
        [row.contentHash],
      );
      return others.length > 0;
    },
    async ofOwner(reads, owner) {
      const rows = await reads.em
        .getRepository(FileTable)
        .findBy({ ownerType: owner.type, ownerId: owner.id });
      return rows.map(brief);
    },
    async hashesOfOwner(reads, owner) {
      const rows = await reads.em
        .getRepository(FileTable)
        .find({ where: { ownerType: owner.type, ownerId: owner.id }, order: { id: 'ASC' } });
      return rows.map((row) => ({ ...brief(row), contentHash: row.contentHash }));
    },
    async digestOf(kept) {
      const hash = createHash('sha256');
      for await (const chunk of (await store.open(kept)).stream) hash.update(chunk as Buffer);
      return hash.digest('hex');
    },
    bytesOf: async ({ contentHash }) => (await store.open(contentHash)).stream,
    async send(ctx, fileId, owner) {
      const row = await db.read((r) => r.em.getRepository(FileTable).findOneBy({ id: fileId }));
      if (!row || row.ownerType !== owner.type || row.ownerId !== owner.id) throw notFound('files.unknown');
      const { stream, size } = await store.open(row.contentHash);
      ctx.type = row.type;
      ctx.length = size;
      const disposition =
        row.type.startsWith('image/') || row.type === 'application/pdf' ? 'inline' : 'attachment';
      ctx.set('Content-Disposition', `${disposition}; filename*=UTF-8''${encodeURIComponent(row.name)}`);
      ctx.set('Cache-Control', 'private, max-age=3600');
      // Whatever it turns out to be, it may not act on our origin.
      ctx.set('Content-Security-Policy', "default-src 'none'; sandbox");
      ctx.body = stream;
    },
    keepings: [
      {
        kind: SWEEP,
        atLeastDays: 1,
        ending: {
          how: 'delete',
          remove: sweep,
          overdue: async (reads, before) =>
            (await numberIn(
              reads,
              'select count(*) as n from file where ownerId is null and uploadedAt < ?',
              [before],
            )) ?? 0,
          oldest: (reads) => numberIn(reads, 'select min(uploadedAt) as n from file where ownerId is null'),
        },
      },
    ],
  };
}
