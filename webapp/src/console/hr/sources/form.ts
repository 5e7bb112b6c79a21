import type {
  ColumnRule,
  FetchedDraft,
  HttpList,
  OurColumn,
  Paging,
  SourceDraft,
  SourceKind,
  SourceSettings,
  SqlList,
} from './api.ts';

/** One list as it is typed: every way of paging has its fields, whichever is chosen. */
export interface ListForm {
  used: boolean;
  view: string;
  path: string;
  items: string;
  total: string;
  asOf: string;
  by: Paging['by'];
  param: string;
  first: '0' | '1';
  sizeParam: string;
  size: string;
  next: string;
  /** By our column. */
  fields: Record<string, string>;
  values: Record<string, string>;
}

export interface SourceForm {
  kind: SourceKind;
  name: string;
  empties: 'notProvided' | 'clear';
  /** Neither is preselected in a new one: a full list is a claim with consequences (A1). */
  sheet: '' | 'full' | 'changes';
  /** `hand`: only by hand. */
  hour: string;
  secret: string;
  host: string;
  port: string;
  database: string;
  user: string;
  tls: boolean;
  origin: string;
  auth: 'none' | 'bearer' | 'basic' | 'header';
  authName: string;
  lists: Record<'units' | 'people', ListForm>;
}

const emptyList = (used: boolean): ListForm => ({
  used,
  view: '',
  path: '/',
  items: 'data',
  total: 'total',
  asOf: '',
  by: 'page',
  param: 'page',
  first: '1',
  sizeParam: 'size',
  size: '200',
  next: 'next',
  fields: {},
  values: {},
});

export const emptyForm = (): SourceForm => ({
  kind: 'sql',
  name: '',
  empties: 'notProvided',
  sheet: '',
  hour: 'hand',
  secret: '',
  host: '',
  port: '3306',
  database: '',
  user: '',
  tls: false,
  origin: 'https://',
  auth: 'bearer',
  authName: '',
  lists: { units: emptyList(false), people: emptyList(true) },
});

/** What was set up, to be changed. The secret is not among it. */
export function formOf(settings: SourceSettings): SourceForm {
  const form: SourceForm = {
    ...emptyForm(),
    kind: settings.kind,
    name: settings.name,
    empties: settings.empties,
  };
  if (settings.kind === 'push') return form;
  form.sheet = settings.full ? 'full' : 'changes';
  form.hour = settings.hour === null ? 'hand' : String(settings.hour);
  if (settings.kind === 'sql')
    Object.assign(form, settings.connection, { port: String(settings.connection.port) });
  else Object.assign(form, settings.connection);
  const { units, people } = settings.lists;
  form.lists = { units: listForm(units), people: listForm(people) };
  return form;
}

function listForm(list: SqlList | HttpList | null): ListForm {
  const form = emptyList(list !== null);
  if (list === null) return form;
  for (const { column, from, values } of list.columns) {
    form.fields[column] = from;
    if (values) form.values[column] = valuesText(values);
  }
  if ('view' in list) return Object.assign(form, { view: list.view });
  const { path, items, total, asOf, paging } = list;
  const { by, ...rest } = paging;
  const typed = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
  return Object.assign(form, { path, items, total, asOf, by }, typed);
}

/** `01=在职；09=离职` */
export const valuesText = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([from, to]) => `${from}=${to}`)
    .join('；');

export function valuesOf(text: string): Record<string, string> {
  const pairs = text.split(/[；;]/).flatMap((pair) => {
    const [from = '', to = ''] = pair.split(/[=＝]/).map((part) => part.trim());
    return from === '' || to === '' ? [] : [[from, to] as const];
  });
  return Object.fromEntries(pairs);
}

/** The draft to send, or null while something needed is missing. */
export function draftOf(form: SourceForm, columns: readonly OurColumn[]): SourceDraft | null {
  const name = form.name.trim();
  if (name === '') return null;
  if (form.kind === 'push') return { kind: 'push', name, empties: form.empties };
  return fetchedDraft(form, columns);
}

export function fetchedDraft(form: SourceForm, columns: readonly OurColumn[]): FetchedDraft | null {
  const name = form.name.trim();
  const lists = (['units', 'people'] as const).filter((kind) => form.lists[kind].used);
  if (name === '' || form.sheet === '' || lists.length === 0) return null;
  const rules = (kind: 'units' | 'people'): ColumnRule[] => rulesOf(kind, form.lists[kind], columns);
  if (lists.some((kind) => rules(kind).length === 0)) return null;
  const common = {
    name,
    empties: form.empties,
    full: form.sheet === 'full',
    hour: form.hour === 'hand' ? null : Number(form.hour),
    secret: form.secret === '' ? null : form.secret,
  };
  if (form.kind === 'sql') {
    const list = (kind: 'units' | 'people'): SqlList | null =>
      form.lists[kind].used ? { view: form.lists[kind].view.trim(), columns: rules(kind) } : null;
    if (lists.some((kind) => form.lists[kind].view.trim() === '')) return null;
    const connection = {
      host: form.host.trim(),
      port: Number(form.port),
      database: form.database.trim(),
      user: form.user.trim(),
      tls: form.tls,
    };
    if (connection.host === '' || connection.database === '' || connection.user === '') return null;
    return { kind: 'sql', ...common, connection, lists: { units: list('units'), people: list('people') } };
  }
  const list = (kind: 'units' | 'people'): HttpList | null =>
    form.lists[kind].used ? httpList(form.lists[kind], rules(kind)) : null;
  const named = form.auth === 'basic' || form.auth === 'header';
  const connection = {
    origin: form.origin.trim().replace(/\/+$/, ''),
    auth: form.auth,
    authName: named ? form.authName.trim() : '',
  };
  return { kind: 'http', ...common, connection, lists: { units: list('units'), people: list('people') } };
}

function rulesOf(
  kind: OurColumn['kind'],
  { fields, values }: ListForm,
  columns: readonly OurColumn[],
): ColumnRule[] {
  return columns.flatMap((one) => {
    const from = fields[one.column]?.trim() ?? '';
    if (one.kind !== kind || from === '') return [];
    const known = valuesOf(values[one.column] ?? '');
    return [{ column: one.column, from, ...(Object.keys(known).length > 0 && { values: known }) }];
  });
}

function httpList(form: ListForm, columns: ColumnRule[]): HttpList {
  const { path, items, total, asOf } = form;
  return {
    path: path.trim(),
    items: items.trim(),
    total: total.trim(),
    asOf: asOf.trim(),
    paging: pagingOf(form),
    columns,
  };
}

function pagingOf({ by, param, first, sizeParam, size, next }: ListForm): Paging {
  const sized = { param: param.trim(), sizeParam: sizeParam.trim(), size: Number(size) };
  switch (by) {
    case 'none':
      return { by };
    case 'page':
      return { by, ...sized, first: Number(first) };
    case 'offset':
      return { by, ...sized };
    case 'cursor':
      return { by, ...sized, next: next.trim() };
    case 'link':
      return { by, next: next.trim() };
  }
}
