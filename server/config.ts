import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** Settings of one process. Site policy lives in the database; these are what must be known before it opens. */
export interface Config {
  readonly port: number;
  readonly sandboxPort: number;
  /** Epoch ms the sandbox's clock starts at; null: now. */
  readonly sandboxNow: number | null;
  readonly databaseUrl: string;
  readonly role: 'all' | 'web' | 'worker';
  readonly publicUrl: string;
  readonly dataDir: string;
  /** Where attachments lie; null: `DATA_DIR/files`. */
  readonly s3: S3Settings | null;
  readonly logLevel: string;
  readonly trustedHops: number;
  readonly sessionKeys: readonly string[];
  readonly vaultKeys: readonly string[];
  /** Never rotated: a new one makes every stored fingerprint unfindable. */
  readonly fingerprintKey: string;
  readonly callbackMaxSkewMs: number;
  readonly sandbox: boolean;
  readonly strictAnswers: boolean;
  /** Private networks that sources of HR may be in, CIDR. */
  readonly hrSourceNetworks: readonly string[];
  /** How much of a meeting-room booking stands in 企业微信's 日程. */
  readonly roomCalendar: 'off' | 'times' | 'subjects';
  /** Is the app listed under 审批 → 可调用接口的应用, so that native approvals are read. */
  readonly nativeApprovals: boolean;
  readonly perMinute: { readonly address: number; readonly person: number };
  readonly wecom: {
    readonly apiBase: string;
    readonly authorizeBase: string;
    /** Where the QR page of the web login is. */
    readonly loginBase: string;
    readonly corpId: string;
    readonly agentId: number;
    readonly agentSecret: string;
    readonly contactsSecret: string | null;
    readonly callback: { readonly token: string; readonly aesKey: string } | null;
    readonly contactsCallback: { readonly token: string; readonly aesKey: string } | null;
    /** Account ceiling of the tenant; the daily send budget is 200 times this. */
    readonly seats: number;
  };
}

/** Every fault at once, each with its cure. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The configuration has ${faults.length} fault(s):\n${faults.map((f) => `  - ${f}`).join('\n')}`);
    this.faults = faults;
  }
}

/** An S3-compatible store. */
interface S3Settings {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

type Env = Readonly<Record<string, string | undefined>>;

const whole = (name: string, min: number, max: number) =>
  z.coerce
    .number({ error: `${name} must be a whole number` })
    .int(`${name} must be a whole number`)
    .min(min, `${name} must be at least ${min}`)
    .max(max, `${name} must be at most ${max}`);

const url = (name: string, example: string) =>
  z.string().regex(/^https?:\/\/[^\s/?#]+$/, `${name} must be an address without a path, such as ${example}`);

const aesKey = (name: string) =>
  z.string().regex(/^[A-Za-z0-9]{43}$/, `${name} must be the 43 letters and digits shown as EncodingAESKey`);
const token = (name: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9]{1,32}$/, `${name} must be the Token shown beside it: 1 to 32 letters and digits`);

const schema = z.object({
  PORT: whole('PORT', 0, 65_535).default(8080),
  SANDBOX_PORT: whole('SANDBOX_PORT', 0, 65_535).default(8081),
  DATABASE_URL: z
    .string()
    .regex(
      /^(sqlite:.+|mysql:\/\/.+)$/,
      'DATABASE_URL must be sqlite:<path> or mysql://user:password@host:3306/database',
    )
    .optional(),
  ROLE: z.enum(['all', 'web', 'worker'], 'ROLE must be all, web or worker').default('all'),
  PUBLIC_URL: url('PUBLIC_URL', 'https://steward.example.edu.cn').optional(),
  DATA_DIR: z.string().min(1).default('data'),
  S3_ENDPOINT: url('S3_ENDPOINT', 'https://minio.example.edu.cn:9000').optional(),
  S3_BUCKET: z.string().min(3).max(63).optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_ACCESS_KEY: z.string().min(1).optional(),
  S3_SECRET_KEY: z.string().min(1).optional(),
  LOG_LEVEL: z
    .enum(
      ['silent', 'error', 'warn', 'info', 'debug'],
      'LOG_LEVEL must be silent, error, warn, info or debug',
    )
    .default('info'),
  TRUSTED_HOPS: whole('TRUSTED_HOPS', 0, 10).default(0),
  SESSION_KEYS: z.string().optional(),
  VAULT_KEYS: z.string().optional(),
  VAULT_FINGERPRINT_KEY: z
    .string()
    .min(32, 'VAULT_FINGERPRINT_KEY must have at least 32 characters')
    .optional(),
  CALLBACK_MAX_SKEW_SECONDS: whole('CALLBACK_MAX_SKEW_SECONDS', 1, 86_400).default(300),
  RATE_PER_ADDRESS: whole('RATE_PER_ADDRESS', 1, 10_000_000).default(6000),
  RATE_PER_PERSON: whole('RATE_PER_PERSON', 1, 10_000_000).default(300),
  ROOM_CALENDAR: z
    .enum(['off', 'times', 'subjects'], 'ROOM_CALENDAR must be off, times or subjects')
    .default('off'),
  NATIVE_APPROVALS: z.enum(['off', 'on'], 'NATIVE_APPROVALS must be off or on').optional(),
  HR_SOURCE_NETWORKS: z
    .string()
    .regex(
      /^[\da-fA-F.:/,\s]*$/,
      'HR_SOURCE_NETWORKS must be networks such as 10.20.0.0/16, divided by commas',
    )
    .optional(),
  SANDBOX: z.enum(['on', 'off'], 'SANDBOX must be on or off').optional(),
  SANDBOX_NOW: z.iso
    .datetime({ offset: true, error: 'SANDBOX_NOW must be a time such as 2026-11-23T10:10:00+08:00' })
    .optional(),
  NODE_ENV: z.string().optional(),
  WECOM_API_BASE: url('WECOM_API_BASE', 'https://qyapi.weixin.qq.com').optional(),
  WECOM_AUTHORIZE_BASE: url('WECOM_AUTHORIZE_BASE', 'https://open.weixin.qq.com').optional(),
  WECOM_LOGIN_BASE: url('WECOM_LOGIN_BASE', 'https://login.work.weixin.qq.com').optional(),
  WECOM_CORP_ID: z.string().min(1).max(64).optional(),
  WECOM_AGENT_ID: whole('WECOM_AGENT_ID', 1, 2 ** 31).optional(),
  WECOM_AGENT_SECRET: z.string().min(1).optional(),
  WECOM_CONTACTS_SECRET: z.string().min(1).optional(),
  WECOM_CALLBACK_TOKEN: token('WECOM_CALLBACK_TOKEN').optional(),
  WECOM_CALLBACK_AES_KEY: aesKey('WECOM_CALLBACK_AES_KEY').optional(),
  WECOM_CONTACTS_CALLBACK_TOKEN: token('WECOM_CONTACTS_CALLBACK_TOKEN').optional(),
  WECOM_CONTACTS_CALLBACK_AES_KEY: aesKey('WECOM_CONTACTS_CALLBACK_AES_KEY').optional(),
  WECOM_SEATS: whole('WECOM_SEATS', 1, 10_000_000).default(1000),
});
type Raw = z.infer<typeof schema>;

/** Read the settings. @throws ConfigError naming every fault at once. */
export function readConfig(env: Env): Config {
  // An empty variable is an unset one: that is how compose files and shells leave them.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => issue.message);
  const raw = parsed.success ? parsed.data : schema.parse({});
  const sandbox = given.SANDBOX ? given.SANDBOX === 'on' : given.WECOM_CORP_ID === undefined;
  faults.push(...(sandbox ? sandboxFaults(given) : productionFaults(given)), ...storeFaults(given));
  if (faults.length > 0) throw new ConfigError(faults);
  return assemble(raw, sandbox);
}

function sandboxFaults(env: Env): string[] {
  return ['WECOM_API_BASE', 'WECOM_AUTHORIZE_BASE', 'WECOM_LOGIN_BASE']
    .filter((name) => env[name] !== undefined && !isLocal(env[name] ?? ''))
    .map((name) => `${name} is not on this machine while SANDBOX is on: set SANDBOX=off or remove ${name}`);
}

const S3_SETTINGS = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY', 'S3_SECRET_KEY'] as const;

function storeFaults(env: Env): string[] {
  const missing = S3_SETTINGS.filter((name) => env[name] === undefined);
  if (missing.length === 0 || missing.length === S3_SETTINGS.length) return [];
  return [`${missing.join(', ')} missing: set all of ${S3_SETTINGS.join(', ')} or none`];
}

function isLocal(address: string): boolean {
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}

const REQUIRED = {
  WECOM_CORP_ID: '我的企业 → 企业信息 → 企业ID',
  WECOM_AGENT_ID: '应用管理 → the app → AgentId',
  WECOM_AGENT_SECRET: '应用管理 → the app → Secret',
  WECOM_CALLBACK_TOKEN: '应用管理 → the app → 接收消息 → Token',
  WECOM_CALLBACK_AES_KEY: '应用管理 → the app → 接收消息 → EncodingAESKey',
  SESSION_KEYS: 'make one with: openssl rand -hex 32',
  PUBLIC_URL: 'the address members open, such as https://steward.example.edu.cn',
} as const;

function productionFaults(env: Env): string[] {
  const missing = Object.entries(REQUIRED)
    .filter(([name]) => env[name] === undefined)
    .map(([name, where]) => `${name} is missing (${where})`);
  const halves = [
    ['WECOM_CONTACTS_CALLBACK_TOKEN', 'WECOM_CONTACTS_CALLBACK_AES_KEY'],
    ['WECOM_CONTACTS_CALLBACK_AES_KEY', 'WECOM_CONTACTS_CALLBACK_TOKEN'],
  ] as const;
  const incomplete = halves
    .filter(([one, other]) => env[one] !== undefined && env[other] === undefined)
    .map(
      ([one, other]) =>
        `${one} is set but ${other} is not: set both (管理工具 → 通讯录同步 → 设置接收事件服务器)`,
    );
  const weak = (env.SESSION_KEYS ?? '')
    .split(',')
    .filter((key) => key.trim() !== '' && key.trim().length < 32)
    .slice(0, 1)
    .map(() => 'SESSION_KEYS holds a key shorter than 32 characters: make one with openssl rand -hex 32');
  const weakVault = (env.VAULT_KEYS ?? '')
    .split(',')
    .filter((key) => key.trim() !== '' && key.trim().length < 32)
    .slice(0, 1)
    .map(() => 'VAULT_KEYS holds a key shorter than 32 characters: make one with openssl rand -hex 32');
  return [...missing, ...incomplete, ...weak, ...weakVault];
}

function assemble(raw: Raw, sandbox: boolean): Config {
  const own =
    sandbox || !raw.VAULT_KEYS || !raw.VAULT_FINGERPRINT_KEY
      ? ownKeys(join(raw.DATA_DIR, 'keys.json'))
      : null;
  const sandboxBase = `http://localhost:${raw.SANDBOX_PORT}`;
  return {
    port: raw.PORT,
    sandboxPort: raw.SANDBOX_PORT,
    // Whatever is said: the time of a real tenant is the time.
    sandboxNow: sandbox && raw.SANDBOX_NOW !== undefined ? Date.parse(raw.SANDBOX_NOW) : null,
    databaseUrl: raw.DATABASE_URL ?? `sqlite:${join(raw.DATA_DIR, 'steward.db')}`,
    role: raw.ROLE,
    publicUrl: raw.PUBLIC_URL ?? `http://localhost:${raw.PORT}`,
    dataDir: raw.DATA_DIR,
    s3: s3Of(raw),
    logLevel: raw.LOG_LEVEL,
    trustedHops: raw.TRUSTED_HOPS,
    sessionKeys: list(raw.SESSION_KEYS) ?? own?.session ?? [],
    vaultKeys: list(raw.VAULT_KEYS) ?? own?.vault ?? [],
    fingerprintKey: raw.VAULT_FINGERPRINT_KEY ?? own?.fingerprint ?? '',
    callbackMaxSkewMs: raw.CALLBACK_MAX_SKEW_SECONDS * 1000,
    sandbox,
    strictAnswers: raw.NODE_ENV === 'test',
    hrSourceNetworks: (raw.HR_SOURCE_NETWORKS ?? '').split(',').flatMap((one) => one.trim() || []),
    roomCalendar: raw.ROOM_CALENDAR,
    nativeApprovals: raw.NATIVE_APPROVALS === undefined ? sandbox : raw.NATIVE_APPROVALS === 'on',
    perMinute: { address: raw.RATE_PER_ADDRESS, person: raw.RATE_PER_PERSON },
    wecom: {
      apiBase: raw.WECOM_API_BASE ?? (sandbox ? sandboxBase : 'https://qyapi.weixin.qq.com'),
      authorizeBase: raw.WECOM_AUTHORIZE_BASE ?? (sandbox ? sandboxBase : 'https://open.weixin.qq.com'),
      loginBase: raw.WECOM_LOGIN_BASE ?? (sandbox ? sandboxBase : 'https://login.work.weixin.qq.com'),
      corpId: raw.WECOM_CORP_ID ?? 'wwsandbox0000000001',
      agentId: raw.WECOM_AGENT_ID ?? 1_000_002,
      agentSecret: raw.WECOM_AGENT_SECRET ?? (sandbox ? (own?.agentSecret ?? '') : ''),
      contactsSecret: raw.WECOM_CONTACTS_SECRET ?? (sandbox ? (own?.contactsSecret ?? null) : null),
      callback:
        pair(raw.WECOM_CALLBACK_TOKEN, raw.WECOM_CALLBACK_AES_KEY) ??
        (sandbox ? (own?.callback ?? null) : null),
      contactsCallback:
        pair(raw.WECOM_CONTACTS_CALLBACK_TOKEN, raw.WECOM_CONTACTS_CALLBACK_AES_KEY) ??
        (sandbox ? (own?.contactsCallback ?? null) : null),
      seats: raw.WECOM_SEATS,
    },
  };
}

function s3Of(raw: Raw): S3Settings | null {
  const {
    S3_ENDPOINT: endpoint,
    S3_BUCKET: bucket,
    S3_ACCESS_KEY: accessKey,
    S3_SECRET_KEY: secretKey,
  } = raw;
  if (!endpoint || !bucket || !accessKey || !secretKey) return null;
  return { endpoint, bucket, accessKey, secretKey, region: raw.S3_REGION };
}

const list = (text: string | undefined): string[] | null => {
  const keys = (text ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  return keys.length > 0 ? keys : null;
};

const pair = (tokenText: string | undefined, key: string | undefined) =>
  tokenText !== undefined && key !== undefined ? { token: tokenText, aesKey: key } : null;

const letters = (bytes: number, length: number) =>
  randomBytes(bytes)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, length);

const keysFile = z.object({
  session: z.array(z.string()),
  vault: z.array(z.string()),
  fingerprint: z.string(),
  agentSecret: z.string(),
  contactsSecret: z.string(),
  callback: z.object({ token: z.string(), aesKey: z.string() }),
  contactsCallback: z.object({ token: z.string(), aesKey: z.string() }),
});

/** Keys nobody gave are made once and kept beside the data, readable by the owner only. */
function ownKeys(file: string): z.infer<typeof keysFile> {
  if (existsSync(file)) return keysFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  const callback = () => ({ token: letters(48, 24), aesKey: letters(96, 43) });
  const keys = {
    session: [randomBytes(32).toString('hex')],
    vault: [randomBytes(32).toString('hex')],
    fingerprint: randomBytes(32).toString('hex'),
    agentSecret: letters(96, 43),
    contactsSecret: letters(96, 43),
    callback: callback(),
    contactsCallback: callback(),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(keys, null, 2));
  chmodSync(file, 0o600);
  return keys;
}
