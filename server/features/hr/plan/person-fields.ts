import type { Incoming, KnownPerson } from '../model.ts';
import type { FieldList } from './scribe.ts';
import { CATEGORY_WORDS, ESTABLISHMENT_WORDS, ID_TYPE_WORDS, SEX_WORDS } from './words.ts';

export const mainPostOf = ({ posts }: KnownPerson) => posts.find(({ kind }) => kind === 'main') ?? null;

/**
 * Everything about a person but status, posts, manager and order, as far as the row gives it and it differs. A new
 * name or staff number is a change like any other (C10).
 * @param title of the main post that stays
 */
export function comparePerson(
  list: FieldList,
  row: Incoming,
  person: KnownPerson | null,
  title: string | null,
): void {
  list.given('name', row.name, person?.name ?? null);
  list.given('staffNo', row.staffNo, person?.staffNo ?? null);
  list.given('sourceId', row.sourceId, person?.sourceId ?? null);
  list.given('sex', row.sex, person?.sex ?? null, (sex) => SEX_WORDS[sex]);
  list.given('idType', row.idType, person?.idType ?? null, (type) => ID_TYPE_WORDS[type]);
  list.secret('idNumber', row.idNumber, person?.idNumber ?? null);
  list.secret('bornOn', row.bornOn, person?.bornOn ?? null);
  list.secret('mobile', row.mobile, person?.mobile ?? null);
  list.given('email', row.email, person?.email ?? null);
  list.given('title', row.title, title);
  list.given('grade', row.grade, person?.grade ?? null);
  list.given('category', row.category, person?.category ?? null, (category) => CATEGORY_WORDS[category]);
  list.given(
    'establishment',
    row.establishment,
    person?.establishment ?? null,
    (one) => ESTABLISHMENT_WORDS[one],
  );
  list.given('employedOn', row.employedOn, person?.employedOn ?? null);
  list.given('contractUntilOn', row.contractUntilOn, person?.contractUntilOn ?? null);
}

/** A person without a place of their own comes first; a cleared order is that again. */
export const sortOrderOf = ({ sortOrder }: Incoming): number | undefined =>
  sortOrder === null ? 0 : sortOrder;
