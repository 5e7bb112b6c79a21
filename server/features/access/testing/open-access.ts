import { recordVault } from '../../../../test/support/test-db.ts';
import { createOpenPersonal } from '../../../platform/audit/index.ts';
import { createSessions } from '../../../platform/http/session.ts';
import { openDirectory, SEED, type DirectoryStage } from '../../directory/testing/open-directory.ts';
import { smallRoster } from '../../directory/testing/small-roster.ts';
import { createJobs } from '../../../platform/jobs/index.ts';
import {
  accessTables,
  createAccess,
  parseModules,
  parseRoles,
  type Access,
  type DelegationEnding,
  type HolderChange,
  type OauthClient,
} from '../index.ts';
import { readFileSync } from 'node:fs';

export const PUBLIC_URL = 'http://localhost:8080';
export const roles = parseRoles(JSON.parse(readFileSync('config/roles.json', 'utf8')));
export const modules = parseModules(JSON.parse(readFileSync('config/modules.json', 'utf8')));

/** The small roster has none of the offices that roles.json lists: here super administrators come from these. */
const superAdmin = roles.get('superAdmin');
const smallRoles = new Map(roles);
if (superAdmin)
  smallRoles.set('superAdmin', {
    ...superAdmin,
    posts: [{ units: ['D20', '软件技术教研室', 'D05'], titles: ['主任', '教师', '处长'] }],
  });

export interface AccessStage extends DirectoryStage {
  readonly access: Access;
  readonly sessions: ReturnType<typeof createSessions>;
  /** What 企业微信 says about a code; tests replace it. */
  visitor: OauthClient['visitor'];
  idOf(userid: string): Promise<string>;
  unitOf(code: string): Promise<string>;
  /** What the sockets and the alarm were told. */
  readonly endings: DelegationEnding[];
  readonly holderChanges: HolderChange[];
  readonly alarms: string[];
  /** Run what the schedules of this room ask for now. */
  runNightly(): Promise<void>;
}

/** Directory and access on a new database with the small roster loaded. */
export async function openAccess(): Promise<AccessStage> {
  const stage = await openDirectory([...accessTables]);
  const sessions = createSessions({ keys: ['a-session-key-for-tests'], clock: stage.t.clock, secure: false });
  const oauth: OauthClient = {
    authorizeUrl: ({ redirectUri, state }) =>
      `http://wecom.test/connect/oauth2/authorize?redirect_uri=${encodeURIComponent(redirectUri)}&state=${state}#wechat_redirect`,
    webLoginUrl: ({ redirectUri, state }) =>
      `http://wecom.test/wwlogin/sso/login?redirect_uri=${encodeURIComponent(redirectUri)}&state=${state}`,
    visitor: (code) => opened.visitor(code),
  };
  const jsapi = {
    sign: async (kind: string, url: string) => ({
      timestamp: 1,
      nonceStr: kind,
      signature: `${kind}:${url}`,
    }),
  };
  const access = createAccess({
    db: stage.t.db,
    directory: stage.directory,
    sessions,
    // Nobody did anything at the console.
    wecom: { oauth, jsapi, operLog: { admin: async function* () {} } },
    corpId: 'ww0000test',
    agentId: 1000002,
    publicUrl: PUBLIC_URL,
    roles: smallRoles,
    modules,
    onAlarm: (kind) => void opened.alarms.push(kind),
    appName: '办公助手',
    sandbox: true,
    openPersonal: createOpenPersonal(recordVault),
  });
  access.onDelegationEnding(async (_tx, fact) => void opened.endings.push(fact));
  access.onHolderChanged(async (_tx, fact) => void opened.holderChanges.push(fact));
  const log = { warn: () => undefined, error: () => undefined };
  const { jobs: definitions, schedules } = access;
  const jobs = createJobs({ db: stage.t.db, clock: stage.t.clock, log, definitions, schedules });
  const org = () => stage.t.db.read(access.orgOf);
  const opened: AccessStage = {
    ...stage,
    access,
    sessions,
    visitor: async (code) => ({ kind: 'member', userid: code }),
    idOf: async (userid) => (await org()).personByUserid(userid)?.personId ?? '',
    unitOf: async (code) => (await org()).units().find((unit) => unit.code === code)?.unitId ?? '',
    endings: [],
    holderChanges: [],
    alarms: [],
    async runNightly() {
      await jobs.tick();
      await jobs.runDue();
    },
  };
  await stage.t.db.write(SEED, (tx) => stage.directory.importRoster(tx, smallRoster()));
  return opened;
}
