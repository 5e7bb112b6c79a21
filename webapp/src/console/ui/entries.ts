import { t } from '../phrases.ts';
import { mayOpen, type Area } from '../session.ts';
import type { Me } from '../../api/shapes.ts';
import type { IconName } from './icons.ts';

export interface Entry {
  to: string;
  words: string;
  icon: IconName;
  area: Area;
  /** Where this entry is lit. */
  lit: (path: string) => boolean;
}
export interface EntryGroup {
  id: string;
  words: string;
  entries: readonly Entry[];
}

const under = (to: string) => (path: string) => path === to || path.startsWith(`${to}/`);
const accounts = '/console/accounts';

const groups: readonly EntryGroup[] = [
  {
    id: 'directory',
    words: t.nav.groups.directory,
    entries: [
      { to: '/console/org', words: t.nav.org, icon: 'org', area: 'people', lit: under('/console/org') },
      {
        to: '/console/people',
        words: t.nav.people,
        icon: 'people',
        area: 'people',
        lit: under('/console/people'),
      },
      {
        to: '/console/hr/batches',
        words: t.nav.batches,
        icon: 'import',
        area: 'hr',
        // A plan and its run belong to the import they came from.
        lit: (path) => path.startsWith('/console/hr/') && !path.endsWith('/runs'),
      },
      {
        to: '/console/hr/runs',
        words: t.nav.runs,
        icon: 'runs',
        area: 'hr',
        lit: (path) => path === '/console/hr/runs',
      },
      {
        to: '/console/sources',
        words: t.nav.sources,
        icon: 'sources',
        area: 'sources',
        lit: under('/console/sources'),
      },
      { to: '/console/sets', words: t.nav.sets, icon: 'sets', area: 'hr', lit: under('/console/sets') },
      {
        to: '/console/drift',
        words: t.nav.drift,
        icon: 'drift',
        area: 'people',
        lit: under('/console/drift'),
      },
      {
        to: '/console/corrections',
        words: t.nav.corrections,
        icon: 'correct',
        area: 'corrections',
        lit: under('/console/corrections'),
      },
      {
        to: '/console/photos',
        words: t.nav.photos,
        icon: 'photo',
        area: 'photos',
        lit: under('/console/photos'),
      },
      {
        to: '/console/undertakings',
        words: t.nav.undertakings,
        icon: 'promise',
        area: 'undertakings',
        lit: under('/console/undertakings'),
      },
      {
        to: '/console/file-audits',
        words: t.nav.files,
        icon: 'inspect',
        area: 'files',
        lit: under('/console/file-audits'),
      },
      {
        to: '/console/data-quality',
        words: t.nav.quality,
        icon: 'runs',
        area: 'quality',
        lit: under('/console/data-quality'),
      },
    ],
  },
  {
    id: 'accounts',
    words: t.nav.groups.accounts,
    entries: [
      {
        to: `${accounts}/requests`,
        words: t.nav.requests,
        icon: 'request',
        area: 'accounts',
        lit: under(`${accounts}/requests`),
      },
      {
        to: `${accounts}/newcomers`,
        words: t.nav.newcomers,
        icon: 'people',
        area: 'newcomers',
        lit: under(`${accounts}/newcomers`),
      },
      {
        to: `${accounts}/locks`,
        words: t.nav.locks,
        icon: 'lock',
        area: 'accounts',
        lit: (path) => under(`${accounts}/locks`)(path) || under(`${accounts}/people`)(path),
      },
      {
        to: `${accounts}/cancellations`,
        words: t.nav.cancellations,
        icon: 'leave',
        area: 'accounts',
        lit: (path) => under(`${accounts}/cancellations`)(path) || under(`${accounts}/handovers`)(path),
      },
      {
        to: `${accounts}/late`,
        words: t.nav.late,
        icon: 'late',
        area: 'accounts',
        lit: under(`${accounts}/late`),
      },
      {
        to: `${accounts}/exchange`,
        words: t.nav.exchange,
        icon: 'exchange',
        area: 'accountsIt',
        lit: under(`${accounts}/exchange`),
      },
      {
        to: `${accounts}/inspections`,
        words: t.nav.inspections,
        icon: 'inspect',
        area: 'accountsOffice',
        lit: (path) => under(`${accounts}/inspections`)(path) || under(`${accounts}/letters`)(path),
      },
      {
        to: '/console/account-signs',
        words: t.nav.signs,
        icon: 'drift',
        area: 'signs',
        lit: under('/console/account-signs'),
      },
      {
        to: `${accounts}/systems`,
        words: t.nav.systems,
        icon: 'systems',
        area: 'accounts',
        lit: under(`${accounts}/systems`),
      },
    ],
  },
  {
    id: 'services',
    words: t.nav.groups.services,
    entries: [
      {
        to: '/console/repairs',
        words: t.nav.repairs,
        icon: 'request',
        area: 'repairs',
        lit: under('/console/repairs'),
      },
      {
        to: '/console/seals',
        words: t.nav.seals,
        icon: 'seal',
        area: 'seals',
        lit: under('/console/seals'),
      },
      {
        to: '/console/meeting-rooms',
        words: t.nav.rooms,
        icon: 'org',
        area: 'rooms',
        lit: under('/console/meeting-rooms'),
      },
      {
        to: '/console/leave',
        words: t.nav.leave,
        icon: 'leave',
        area: 'leave',
        lit: under('/console/leave'),
      },
      {
        to: '/console/native-approvals',
        words: t.nav.native,
        icon: 'inspect',
        area: 'native',
        lit: under('/console/native-approvals'),
      },
      {
        to: '/console/packages',
        words: t.nav.packages,
        icon: 'import',
        area: 'packages',
        lit: under('/console/packages'),
      },
      {
        to: '/console/templates',
        words: t.nav.templates,
        icon: 'audit',
        area: 'templates',
        lit: (path) => under('/console/templates')(path) && !under('/console/templates/design')(path),
      },
      {
        to: '/console/templates/design',
        words: t.nav.design,
        icon: 'sets',
        area: 'design',
        lit: under('/console/templates/design'),
      },
      {
        to: '/console/agents',
        words: t.nav.agents,
        icon: 'exchange',
        area: 'agents',
        lit: under('/console/agents'),
      },
    ],
  },
  {
    id: 'system',
    words: t.nav.groups.system,
    entries: [
      {
        to: '/console/rights',
        words: t.nav.rights,
        icon: 'rights',
        area: 'rights',
        lit: under('/console/rights'),
      },
      {
        to: '/console/audit',
        words: t.nav.audit,
        icon: 'audit',
        area: 'audit',
        lit: under('/console/audit'),
      },
      {
        to: '/console/keeping',
        words: t.nav.keeping,
        icon: 'keeping',
        area: 'keeping',
        lit: under('/console/keeping'),
      },
    ],
  },
];

/** Only what exists, and only what this person may open. */
export const entriesFor = (who: Me): EntryGroup[] =>
  groups
    .map((group) => ({ ...group, entries: group.entries.filter(({ area }) => mayOpen(who, area)) }))
    .filter(({ entries }) => entries.length > 0);
