import { describe, expect, it } from 'vitest';
import type { HttpList, OurColumn, SourceSettings } from './api.ts';
import { draftOf, emptyForm, fetchedDraft, formOf, valuesOf, valuesText } from './form.ts';

const columns: OurColumn[] = [
  { kind: 'people', column: 'staffNo', label: '工号', required: true },
  { kind: 'people', column: 'status', label: '状态', required: true },
  { kind: 'units', column: 'code', label: '部门编码', required: true },
];
const list: HttpList = {
  path: '/people',
  items: 'data.list',
  total: 'data.total',
  asOf: '',
  paging: { by: 'page', param: 'page', first: 0, sizeParam: 'size', size: 200 },
  columns: [
    { column: 'staffNo', from: 'no' },
    { column: 'status', from: 'zt', values: { '01': '在职', '09': '离职' } },
  ],
};
const http: SourceSettings = {
  kind: 'http',
  name: '人事系统',
  empties: 'clear',
  full: true,
  hour: 2,
  connection: { origin: 'https://hr.example.edu.cn', auth: 'basic', authName: 'reader' },
  lists: { units: null, people: list },
};
const sql: SourceSettings = {
  kind: 'sql',
  name: '人事库',
  empties: 'notProvided',
  full: false,
  hour: null,
  connection: { host: '10.2.3.4', port: 3307, database: 'hr', user: 'reader', tls: true },
  lists: { units: { view: 'v_units', columns: [{ column: 'code', from: 'dm' }] }, people: null },
};
const push: SourceSettings = { kind: 'push', name: '推送', empties: 'notProvided' };

describe('what is typed about a source', () => {
  it.each([http, sql])('$kind: what was set up comes back as it was, its secret kept', (settings) =>
    expect(draftOf(formOf(settings), columns)).toEqual({ ...settings, secret: null }),
  );
  it('push: has no connection', () => expect(draftOf(formOf(push), columns)).toEqual(push));

  it.each(['cursor', 'link', 'offset', 'none'] as const)('%s paging sends its own fields only', (by) => {
    const form = formOf(http);
    Object.assign(form.lists.people, { by, param: 'p', next: 'n' });
    const draft = fetchedDraft(form, columns);
    const paging = draft?.kind === 'http' ? draft.lists.people?.paging : null;
    expect(paging).toEqual(
      {
        cursor: { by, param: 'p', next: 'n', sizeParam: 'size', size: 200 },
        link: { by, next: 'n' },
        offset: { by, param: 'p', sizeParam: 'size', size: 200 },
        none: { by },
      }[by],
    );
  });

  it('A1 a new source is neither a full list nor changes until somebody says so', () => {
    const form = { ...formOf(http), sheet: emptyForm().sheet };
    expect(draftOf(form, columns)).toBe(null);
    expect(draftOf({ ...form, sheet: 'changes' }, columns)).toMatchObject({ full: false });
  });

  it('nothing can be sent without a name, a list, a field', () => {
    expect(draftOf({ ...formOf(http), name: ' ' }, columns)).toBe(null);
    const none = formOf(http);
    none.lists.people.used = false;
    expect(draftOf(none, columns)).toBe(null);
    const empty = formOf(http);
    empty.lists.people.fields = {};
    expect(draftOf(empty, columns)).toBe(null);
    expect(draftOf({ ...formOf(sql), host: '' }, columns)).toBe(null);
  });

  it('reads pairs of values however they are divided', () => {
    expect(valuesOf('01=在职；09 ＝ 离职; =x；y=')).toEqual({ '01': '在职', '09': '离职' });
    expect(valuesText({ '01': '在职', '09': '离职' })).toBe('01=在职；09=离职');
  });
});
