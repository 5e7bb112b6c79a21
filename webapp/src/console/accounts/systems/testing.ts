/** Sample answers; all names are fictional. */
import type { SystemEntry, SystemsAnswer } from '../api.ts';

const system = (part: Partial<SystemEntry>): SystemEntry => ({
  code: 'wecom',
  name: '企业微信',
  grade: 'api',
  ownerUnitId: 'xinxi',
  ownerName: '信息中心',
  state: 'on',
  byDefault: true,
  onLock: 'lock',
  onSecondOut: 'lock',
  inspected: true,
  version: null,
  ...part,
});

export const systems = (part: Partial<SystemsAnswer> = {}): SystemsAnswer => ({
  systems: [
    system({}),
    system({ code: 'oa', name: 'OA', grade: 'file', ownerName: '党政办' }),
    system({ code: 'attendance', name: '无感考勤', grade: 'manual', onLock: 'keep', onSecondOut: 'cancel' }),
  ],
  authorities: [{ domain: 'staff', domainName: '人员', systemName: '人事管理系统', ownerName: '人事处' }],
  offices: { coordinator: '信息中心', interpreter: '信息中心' },
  can: { register: true },
  ...part,
});

/** One that was registered in the console. */
export const library = (part: Partial<SystemEntry> = {}): SystemEntry =>
  system({ code: 'library', name: '图书系统', grade: 'manual', version: 3, ...part });
