import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { actorId } from '../../../kernel/actor.ts';
import { notFound, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { TemplateTable } from '../tables.ts';
import type { Template } from '../template/template.ts';

/** Published templates. Versions never change, so each is read from the database once per process. */
export interface TemplateLibrary {
  version(reads: Reads, key: string, version: number): Promise<Template>;
  /** The version new requests are made with. @throws notFound `approvals.template_unknown` */
  latest(reads: Reads, key: string): Promise<Template>;
  /** The same, while new requests may be made. @throws refused `approvals.template_retired` (R41) */
  offered(reads: Reads, key: string): Promise<Template>;
  /** The latest version of every template, by key. */
  all(reads: Reads): Promise<Template[]>;
  /** Publish as the next version unless the content is what is in force already. */
  publish(tx: Tx, template: Template): Promise<Template>;
}

/** @param onKnown told of each version as it is first read or made, on this instance */
export function createTemplateLibrary(
  onKnown: (template: Template) => void = () => undefined,
): TemplateLibrary {
  const known = new Map<string, Template>();
  const remember = (template: Template): Template => {
    known.set(`${template.key}@${template.version}`, template);
    onKnown(template);
    return template;
  };

  const library: TemplateLibrary = {
    async version(reads, key, version) {
      const cached = known.get(`${key}@${version}`);
      if (cached) return cached;
      const row = await reads.em
        .getRepository(TemplateTable)
        .findOneBy({ templateKey: key, templateVersion: version });
      if (!row) throw notFound('approvals.template_unknown', { key });
      return remember(row.content);
    },
    async latest(reads, key) {
      const [row] = await reads.em.query<{ v: number | null }[]>(
        'select max(templateVersion) as v from approval_template where templateKey = ?',
        [key],
      );
      return library.version(reads, key, knownVersion(row, key));
    },
    async offered(reads, key) {
      const [row] = await reads.em.query<{ v: number | null; state: string | null }[]>(
        `select max(t.templateVersion) as v, max(s.state) as state from approval_template t
         left join approval_template_state s on s.id = t.templateKey where t.templateKey = ?`,
        [key],
      );
      const version = knownVersion(row, key);
      if (row?.state === 'retired') throw refused('approvals.template_retired');
      return library.version(reads, key, version);
    },
    async all(reads) {
      const rows = await reads.em.query<{ templateKey: string; v: number }[]>(
        'select templateKey, max(templateVersion) as v from approval_template group by templateKey order by templateKey',
      );
      return Promise.all(rows.map((row) => library.version(reads, row.templateKey, Number(row.v))));
    },
    async publish(tx, template) {
      const contentHash = contentHashOf(template);
      const current = await tx.em
        .getRepository(TemplateTable)
        .findOne({ where: { templateKey: template.key }, order: { templateVersion: 'DESC' } });
      if (current?.contentHash === contentHash) return current.content;
      const content = { ...template, version: (current?.templateVersion ?? 0) + 1 };
      await insertRows(tx, TemplateTable, [
        {
          id: newId(),
          templateKey: template.key,
          templateVersion: content.version,
          contentHash,
          content,
          publishedAt: tx.now,
          publishedBy: actorId(tx.actor),
        },
      ]);
      recordAct(tx, {
        action: 'approvals.publish_template',
        targetType: 'template',
        targetId: template.key,
        after: { version: content.version, contentHash },
      });
      return content;
    },
  };
  return library;
}

function knownVersion(row: { readonly v: number | null } | undefined, key: string): number {
  const version = row?.v ?? null;
  if (version === null) throw notFound('approvals.template_unknown', { key });
  return Number(version);
}

/** The same for the same content, whatever its version. */
export function contentHashOf({ version: _version, ...content }: Template): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
