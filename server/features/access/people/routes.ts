import type { PersonActor } from '../../../kernel/actor.ts';
import { forbidden, notFound } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { OpenPersonal } from '../../../platform/audit/index.ts';
import type { Db, Reads } from '../../../platform/db/unit-of-work.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Directory } from '../../directory/index.ts';
import type { RightsLoader } from '../load-rights.ts';
import { mayKnow, type RoleCatalog } from '../role-catalog.ts';
import * as contract from './contract.ts';
import { listFile, listForExport } from './export-people.ts';
import { beginCopy, ownSections, sectionsOfRecord, takenWords } from './own-sections.ts';
import { withFiles } from './copy-files.ts';
import { type DataFile, fileOf, gather, type PersonDataSection } from './person-data.ts';
import { pageOfPeople } from './find-people.ts';
import { looksAt, watchersOf } from './own-record.ts';
import { readPerson, type PersonReader } from './person.ts';
import { mayReveal, revealField } from './reveal.ts';
import { listUnits, readUnit } from './units.ts';
import { seesPeople } from './visible.ts';
import { createWorldLoader, type World } from './world.ts';

export interface PeopleRouteDeps {
  readonly db: Db;
  readonly directory: Directory;
  readonly rights: RightsLoader;
  readonly roles: RoleCatalog;
  readonly openPersonal: OpenPersonal;
  /** What other rooms hold about a person; filled while the product is composed. */
  readonly sections: readonly PersonDataSection[];
}

/** What the record says of one's own copy. */
const OWN_PURPOSE = '本人索取副本';

const CONTENT = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const;

export function peopleRoutes(deps: PeopleRouteDeps): Route[] {
  const { db, directory, rights, roles, openPersonal, sections } = deps;
  const worldOf = createWorldLoader(directory, rights);

  /** The directory as far as this actor's scope reaches; refused to who administers nothing of it. */
  async function enter(reads: Reads, { personId }: PersonActor, on?: string): Promise<World> {
    const scope = (await rights(reads)).org.scopeOf(personId);
    if (!seesPeople(scope)) throw forbidden('access.no_people_scope');
    return worldOf(reads, scope, on);
  }

  const readerOf = ({ today }: World, { personId: actorId }: PersonActor, personId: string): PersonReader => {
    const manages = mayReveal(today, actorId, personId);
    return {
      canReveal: manages,
      knowsReasons: manages,
      knowsLocks: mayKnow(roles, today.rolesOf(actorId), 'lockReason'),
    };
  };

  const wordsOf = async (reads: Reads) => ({ org: (await rights(reads)).org, roles });
  const own = ownSections(wordsOf, openPersonal);

  /** A copy of everything that is held about one person. Asked first, in the record first, then read and made. */
  async function copyOf(
    actor: PersonActor,
    personId: string,
    request: contract.DataRequest,
  ): Promise<DataFile> {
    const values = await db.write(actor, (tx) =>
      beginCopy(tx, { directory, rights }, actor, personId, request),
    );
    const copy = await db.read(async (reads) => {
      const { org } = await rights(reads);
      const world = await worldOf(reads, org.scopeOf(actor.personId));
      // H5: why an account is locked is in no copy, whoever takes it.
      const reader = { canReveal: true, knowsReasons: true, knowsLocks: false };
      const record = await readPerson(reads, directory, world, personId, reader);
      const held = await gather(reads, personId, [...own, ...sections]);
      return {
        name: record.name,
        staffNo: record.staffNo,
        taken: takenWords(org, actor, reads.now, request.purpose),
        sections: [
          ...sectionsOfRecord(record, values, watchersOf({ org, roles }, personId)),
          ...held.map(({ files: _along, ...section }) => section),
        ],
        files: held.flatMap(({ files }) => files),
        now: reads.now,
      };
    });
    return withFiles(await fileOf(copy, request.format, copy.now), copy.files, copy.now);
  }

  return [
    route({
      method: 'get',
      path: '/api/access/own-data',
      summary: 'A copy of everything that is held about me, as a file; recorded',
      auth: 'person',
      query: contract.OwnDataQuery,
      handle: async ({ actor, query: { format }, ctx }) => {
        const { name, type, bytes } = await copyOf(actor, actor.personId, { format, purpose: OWN_PURPOSE });
        ctx.type = type;
        ctx.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
        ctx.set('Cache-Control', 'no-store');
        ctx.body = bytes;
      },
    }),
    route({
      method: 'post',
      path: '/api/access/people/:personId/data',
      summary: 'A copy of everything that is held about this person, saying what for; recorded',
      auth: 'person',
      params: contract.ByPerson,
      body: contract.DataRequest,
      answer: contract.DataAnswer,
      handle: async ({ actor, params, body }) => {
        const { name, type, bytes } = await copyOf(actor, params.personId, body);
        return { name, type, base64: bytes.toString('base64') };
      },
    }),
    route({
      method: 'get',
      path: '/api/access/units',
      summary: 'The organisation tree within my scope, level by level, or units by name',
      auth: 'person',
      query: contract.UnitsQuery,
      answer: contract.UnitsAnswer,
      handle: ({ actor, query: { on, ...query } }) =>
        db.read(async (reads) => listUnits(await enter(reads, actor, on), query)),
    }),
    route({
      method: 'get',
      path: '/api/access/units/:unitId',
      summary: 'One unit: where it lies, who heads it, how it was called before',
      auth: 'person',
      params: contract.ByUnit,
      query: contract.UnitQuery,
      answer: contract.UnitAnswer,
      handle: ({ actor, params, query }) =>
        db.read(async (reads) =>
          readUnit(reads, directory, await enter(reads, actor, query.on), params.unitId),
        ),
    }),
    route({
      method: 'get',
      path: '/api/access/people',
      summary: 'People within my scope, by name, pinyin, initials or staff number',
      auth: 'person',
      query: contract.PeopleQuery,
      answer: contract.PeopleAnswer,
      handle: ({ actor, query: { on, ...query } }) =>
        db.read(async (reads) => pageOfPeople(await enter(reads, actor, on), query)),
    }),
    route({
      method: 'get',
      path: '/api/access/export/people',
      summary: 'The same list as a file (.xlsx or .csv); recorded, at most 5,000 people',
      auth: 'person',
      query: contract.ExportQuery,
      handle: async ({ actor, query, ctx }) => {
        const list = await db.read(async (reads) =>
          listForExport(reads, await enter(reads, actor, query.on), actor.personId, query),
        );
        const bytes = await listFile(list, query.format);
        await db.write(actor, async (tx) => recordAct(tx, list.act));
        ctx.type = CONTENT[query.format];
        ctx.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(list.fileName)}`);
        ctx.set('Cache-Control', 'no-store');
        ctx.body = bytes;
      },
    }),
    route({
      method: 'get',
      path: '/api/access/people/:personId',
      summary: 'One person: posts, masked data, state in 企业微信, history',
      auth: 'person',
      params: contract.ByPerson,
      answer: contract.PersonAnswer,
      handle: ({ actor, params: { personId } }) =>
        db.read(async (reads) => {
          const world = await enter(reads, actor);
          if (!world.visible.has(personId)) throw notFound('access.unknown_person');
          return readPerson(reads, directory, world, personId, readerOf(world, actor, personId));
        }),
    }),
    route({
      method: 'post',
      path: '/api/access/people/:personId/reveal',
      summary: 'One personal value in full, saying what for; recorded',
      auth: 'person',
      params: contract.ByPerson,
      body: contract.RevealRequest,
      answer: contract.RevealAnswer,
      handle: async ({ actor, params, body }) => ({
        value: await db.write(actor, (tx) =>
          revealField(tx, { directory, rights }, actor, params.personId, body),
        ),
      }),
    }),
    route({
      method: 'get',
      path: '/api/access/own-record',
      summary: 'My own record, who may see it, and who looked at it in full',
      auth: 'person',
      answer: contract.OwnRecordAnswer,
      handle: ({ actor }) =>
        db.read(async (reads) => {
          const { org } = await rights(reads);
          const world = await worldOf(reads, org.scopeOf(actor.personId));
          const reader = readerOf(world, actor, actor.personId);
          return {
            ...(await readPerson(reads, directory, world, actor.personId, { ...reader, knowsReasons: true })),
            watchers: watchersOf({ org, roles }, actor.personId),
            looks: await looksAt(reads, org, actor.personId, openPersonal),
          };
        }),
    }),
  ];
}
