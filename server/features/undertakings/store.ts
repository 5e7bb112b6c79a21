import { In } from 'typeorm';
import { notFound } from '../../kernel/errors.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { OwnStanding, Registered } from './policy.ts';
import { GivenTable, StayTable, TextTable, type GivenRow, type TextRow } from './tables.ts';

/** What a person gave and was asked in their present time here. */
export interface OwnRows extends OwnStanding {
  readonly stay: number;
  /** Texts with the versions they were asked for. */
  readonly asked: ReadonlyMap<string, readonly AskedRow[]>;
}

export interface AskedRow {
  readonly id: string;
  readonly version: number;
  readonly ledAt: number | null;
  readonly remindedOn: string | null;
}

interface OwnSqlRow {
  kind: 'given' | 'asked' | 'stay';
  id: string;
  textId: string;
  textVersion: number | string;
  ledAt: number | string | null;
  remindedOn: string | null;
}

const STAY = 'coalesce((select s.stay from undertaking_stay s where s.id = ?), 0)';
/** One round trip, three looks into an index: signing in waits for it. */
const OWN = `select 'given' as kind, id, textId, textVersion, null as ledAt, null as remindedOn
    from undertaking_given where personId = ? and stay = ${STAY}
  union all select 'asked', id, textId, textVersion, ledAt, remindedOn
    from undertaking_ask where personId = ? and stay = ${STAY}
  union all select 'stay', id, '', stay, null, null from undertaking_stay where id = ?`;

export async function ownRows({ em }: Reads, personId: string): Promise<OwnRows> {
  const rows = await em.query<OwnSqlRow[]>(OWN, Array<string>(5).fill(personId));
  const given = new Map<string, number[]>();
  const asked = new Map<string, AskedRow[]>();
  let stay = 0;
  for (const { kind, id, textId, textVersion, ledAt, remindedOn } of rows) {
    const version = Number(textVersion);
    if (kind === 'stay') stay = version;
    else if (kind === 'given') given.set(textId, [...(given.get(textId) ?? []), version]);
    else {
      const row = { id, version, ledAt: ledAt === null ? null : Number(ledAt), remindedOn };
      asked.set(textId, [...(asked.get(textId) ?? []), row]);
    }
  }
  return { given, asked, stay };
}

export async function registeredTexts({ em }: Reads): Promise<Registered[]> {
  const rows = await em
    .getRepository(TextTable)
    .find({ select: { textId: true, textVersion: true, sha256: true, askAgain: true } });
  return rows.map(({ textId, textVersion, sha256, askAgain }) => ({
    textId,
    version: textVersion,
    sha256,
    askAgain: Boolean(askAgain),
  }));
}

/** @throws notFound `undertakings.no_text` */
export async function loadWords({ em }: Reads, textId: string, textVersion: number): Promise<TextRow> {
  const row = await em.getRepository(TextTable).findOneBy({ textId, textVersion });
  if (!row) throw notFound('undertakings.no_text');
  return row;
}

/** Titles of versions that are named by what somebody gave. */
export async function titlesOf(
  { em }: Reads,
  textIds: readonly string[],
): Promise<(id: string, v: number) => string> {
  const rows = await em.getRepository(TextTable).find({
    where: { textId: In([...new Set(textIds)]) },
    select: { textId: true, textVersion: true, title: true },
  });
  const titles = new Map(rows.map((row) => [`${row.textId}:${row.textVersion}`, row.title]));
  return (textId, version) => titles.get(`${textId}:${version}`) ?? textId;
}

/** Newest first, of every time they were here. */
export const givenBy = (
  { em }: Reads,
  personId: string,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<GivenRow[]> => {
  const query = em
    .getRepository(GivenTable)
    .createQueryBuilder('g')
    .where('g.personId = :personId', { personId });
  if (page.cursor !== undefined) query.andWhere('g.id < :cursor', { cursor: page.cursor });
  return query.orderBy('g.id', 'DESC').limit(page.limit).getMany();
};

/** Of one text, newest first, of every time they were here. */
export const givenOf = ({ em }: Reads, personId: string, textId: string): Promise<GivenRow[]> =>
  em.getRepository(GivenTable).find({ where: { personId, textId }, order: { id: 'DESC' }, take: 200 });

/** How one person stands with one text, of those who were asked for it or gave it. */
export interface Standing {
  readonly askedAt: number | null;
  readonly askId: string | null;
  readonly askVersion: number | null;
  readonly remindedOn: string | null;
  readonly given: { readonly version: number; readonly givenAt: number; readonly via: string } | null;
}

const NOTHING: Standing = { askedAt: null, askId: null, askVersion: null, remindedOn: null, given: null };

/** Everybody who was asked for the text or gave it so that it counts, of their present time here. */
export async function standingsOf(
  reads: Reads,
  { textId, countsFrom }: { readonly textId: string; readonly countsFrom: number },
): Promise<ReadonlyMap<string, Standing>> {
  const { em } = reads;
  const stays = await staysOf(reads);
  const bound = [textId, countsFrom];
  const given = await em.query<SqlRow<{ givenAt: number | string; via: string }>[]>(
    `select personId, textVersion, stay, givenAt, via from undertaking_given
     where textId = ? and textVersion >= ? order by textVersion`,
    bound,
  );
  const asks = await em.query<SqlRow<{ id: string; askedAt: number | string; remindedOn: string | null }>[]>(
    `select id, personId, textVersion, stay, askedAt, remindedOn from undertaking_ask
     where textId = ? and textVersion >= ? order by textVersion`,
    bound,
  );
  const found = new Map<string, Standing>();
  const isPresent = ({ personId, stay }: SqlRow<unknown>) => (stays.get(personId) ?? 0) === Number(stay);
  for (const row of asks.filter(isPresent)) {
    const { id, personId, askedAt, remindedOn, textVersion } = row;
    const part = { askId: id, askedAt: Number(askedAt), askVersion: Number(textVersion), remindedOn };
    found.set(personId, { ...NOTHING, ...part });
  }
  for (const row of given.filter(isPresent)) {
    const { personId, textVersion, givenAt, via } = row;
    const part = { version: Number(textVersion), givenAt: Number(givenAt), via };
    found.set(personId, { ...(found.get(personId) ?? NOTHING), given: part });
  }
  return found;
}

type SqlRow<Part> = Part & { personId: string; textVersion: number | string; stay: number | string };

/** How many times people left; who never did is not in it. */
export async function staysOf({ em }: Reads): Promise<ReadonlyMap<string, number>> {
  const rows = await em.getRepository(StayTable).find({ select: { id: true, stay: true } });
  return new Map(rows.map(({ id, stay }) => [id, stay]));
}
