import { ROSTER_COLUMNS as C, ROSTER_SHEETS as S } from '../../server/features/directory/index.ts';
import { GRANT_COLUMNS as G, GRANT_SHEET } from '../../server/features/access/index.ts';
import type { Sheet } from '../../server/platform/sheets/index.ts';
import { demoPeople, type DemoPerson } from './people.ts';
import { DEMO_UNITS } from './units.ts';

/** The demo college as the four sheets of a roster. The same on every machine. */
export function demoRoster(): Sheet[] {
  const people = demoPeople();
  return [unitSheet(), peopleSheet(people), postSheet(people), grantSheet(people)];
}

function unitSheet(): Sheet {
  const header = [C.unitCode, C.unitName, C.parentCode, C.unitKind, C.sortOrder];
  const rows = DEMO_UNITS.map((unit, at) => [
    unit.code,
    unit.name,
    unit.parent ?? '',
    unit.kind,
    String(at + 1),
  ]);
  return { name: S.units, rows: [header, ...rows] };
}

function peopleSheet(people: readonly DemoPerson[]): Sheet {
  const header = [C.staffNo, C.personName, C.userid, C.category, C.mobile, C.email];
  const rows = people.map((p) => [p.staffNo, p.name, p.userid, p.category, p.mobile, p.email]);
  return { name: S.people, rows: [header, ...rows] };
}

function postSheet(people: readonly DemoPerson[]): Sheet {
  const header = [
    C.staffNo,
    C.unitCode,
    C.postKind,
    C.title,
    C.isHead,
    C.headRank,
    C.sinceOn,
    C.untilOn,
    C.place,
  ];
  const rows = people.flatMap(({ staffNo, posts }) =>
    posts.map((post, at) => [
      staffNo,
      post.unit,
      at === 0 ? '主岗' : '兼任',
      post.title,
      post.head === undefined ? '否' : '是',
      post.head === undefined ? '' : String(post.head),
      post.since,
      post.until ?? '',
      post.head === undefined ? '' : String(post.head),
    ]),
  );
  return { name: S.posts, rows: [header, ...rows] };
}

function grantSheet(people: readonly DemoPerson[]): Sheet {
  const header = [G.staffNo, G.role, G.unitCode];
  const rows = people.flatMap(({ staffNo, roles = [] }) =>
    roles.map(({ role, unit }) => [staffNo, role, unit ?? '']),
  );
  return { name: GRANT_SHEET, rows: [header, ...rows] };
}
