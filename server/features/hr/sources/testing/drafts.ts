import type { FetchedDraft, HttpList, Paging } from '../contract.ts';

export const PEOPLE_RULES = [
  { column: 'staffNo', from: 'no' },
  { column: 'name', from: 'xm' },
  { column: 'mobile', from: 'contact.mobile' },
  { column: 'unitCodes', from: 'depts' },
  { column: 'category', from: 'lb', values: { '1': '院内', '2': '院外服务' } },
  { column: 'status', from: 'zt', values: { '01': '在职', '09': '离职' } },
];

export const person = (no: string, xm: string, more: object = {}) => ({
  no,
  xm,
  contact: { mobile: `199${no.padStart(8, '0')}` },
  depts: ['D2001'],
  lb: 1,
  zt: '01',
  ...more,
});

export const BY_PAGE: Paging = { by: 'page', param: 'page', first: 1, sizeParam: 'size', size: 2 };

export const peopleList = (more: Partial<HttpList> = {}): HttpList => ({
  path: '/people?org=1',
  items: 'data.list',
  total: 'data.total',
  asOf: '',
  paging: BY_PAGE,
  columns: PEOPLE_RULES,
  ...more,
});

type HttpDraft = Extract<FetchedDraft, { kind: 'http' }>;

export const httpDraft = (origin: string, more: Partial<HttpDraft> = {}): HttpDraft => ({
  kind: 'http',
  name: '人事系统接口',
  empties: 'notProvided',
  full: true,
  hour: 2,
  secret: 'a-token',
  connection: { origin, auth: 'bearer', authName: '' },
  lists: { units: null, people: peopleList() },
  ...more,
});
