import { createSessions } from '../../../platform/http/session.ts';
import { openDirectory, SEED, type DirectoryStage } from '../../directory/testing/open-directory.ts';
import { smallRoster } from '../../directory/testing/small-roster.ts';
import { accessTables, createAccess, parseRoles, type Access, type OauthClient } from '../index.ts';
import { readFileSync } from 'node:fs';

export const PUBLIC_URL = 'http://localhost:8080';
export const roles = parseRoles(JSON.parse(readFileSync('config/roles.json', 'utf8')));

export interface AccessStage extends DirectoryStage {
  readonly access: Access;
  readonly sessions: ReturnType<typeof createSessions>;
  /** What 企业微信 says about a code; tests replace it. */
  visitor: OauthClient['visitor'];
  idOf(userid: string): Promise<string>;
}

/** Directory and access on a new database with the small roster loaded. */
export async function openAccess(): Promise<AccessStage> {
  const stage = await openDirectory([...accessTables]);
  const sessions = createSessions({ keys: ['a-session-key-for-tests'], clock: stage.t.clock, secure: false });
  const oauth: OauthClient = {
    authorizeUrl: ({ redirectUri, state }) =>
      `http://wecom.test/connect/oauth2/authorize?redirect_uri=${encodeURIComponent(redirectUri)}&state=${state}#wechat_redirect`,
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
    wecom: { oauth, jsapi },
    corpId: 'ww0000test',
    agentId: 1000002,
    publicUrl: PUBLIC_URL,
    roles,
    appName: '办公助手',
    sandbox: true,
  });
  const opened: AccessStage = {
    ...stage,
    access,
    sessions,
    visitor: async (code) => ({ kind: 'member', userid: code }),
    idOf: async (userid) => (await stage.t.db.read(access.orgOf)).personByUserid(userid)?.personId ?? '',
  };
  await stage.t.db.write(SEED, (tx) => stage.directory.importRoster(tx, smallRoster()));
  return opened;
}
