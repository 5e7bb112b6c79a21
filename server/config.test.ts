import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const DATA_DIR = mkdtempSync(join(tmpdir(), 'steward-config-'));
const read = (env: Record<string, string>) => readConfig({ DATA_DIR, ...env });
const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    read(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};
const PRODUCTION = {
  WECOM_CORP_ID: 'ww1',
  WECOM_AGENT_ID: '1000002',
  WECOM_AGENT_SECRET: 's',
  WECOM_CALLBACK_TOKEN: 'T1',
  WECOM_CALLBACK_AES_KEY: 'a'.repeat(43),
  SESSION_KEYS: 'k'.repeat(32),
  PUBLIC_URL: 'https://x.example',
};

describe('configuration', () => {
  it('needs nothing at all for the demo', () => {
    const config = read({});
    expect(config).toMatchObject({
      port: 8080,
      sandboxPort: 8081,
      sandboxNow: null,
      sandbox: true,
      databaseUrl: `sqlite:${join(config.dataDir, 'steward.db')}`,
      publicUrl: 'http://localhost:8080',
      wecom: { apiBase: 'http://localhost:8081', corpId: 'wwsandbox0000000001' },
    });
    expect(config.sessionKeys[0]).toHaveLength(64);
    expect(read({}).sessionKeys).toEqual(config.sessionKeys);
  });

  it('turns the sandbox off once a corp id is configured', () => {
    expect(read(PRODUCTION)).toMatchObject({
      sandbox: false,
      wecom: { apiBase: 'https://qyapi.weixin.qq.com', corpId: 'ww1', contactsSecret: null },
    });
  });

  it('uses given values for the sandbox when it is on', () => {
    expect(read({ ...PRODUCTION, SANDBOX: 'on' })).toMatchObject({
      sandbox: true,
      wecom: { corpId: 'ww1', agentSecret: 's', callback: { token: 'T1' } },
    });
  });

  it('has a time of its own in the sandbox only', () => {
    const SANDBOX_NOW = '2026-11-23T10:10:00+08:00';
    expect(read({ SANDBOX_NOW }).sandboxNow).toBe(Date.parse(SANDBOX_NOW));
    expect(read({ ...PRODUCTION, SANDBOX_NOW })).toMatchObject({ sandbox: false, sandboxNow: null });
    expect(read({ SANDBOX: 'off', ...PRODUCTION, SANDBOX_NOW }).sandboxNow).toBeNull();
    expect(faultsOf({ SANDBOX_NOW: '2026-11-23' })).toHaveLength(1);
  });

  it('refuses the sandbox together with an API base elsewhere', () => {
    expect(faultsOf({ SANDBOX: 'on', WECOM_API_BASE: 'https://qyapi.weixin.qq.com' })).toHaveLength(1);
    expect(faultsOf({ SANDBOX: 'on', WECOM_API_BASE: 'http://127.0.0.1:9000' })).toEqual([]);
  });

  it('tells all faults at once, each with its cure', () => {
    const faults = faultsOf({ PORT: 'abc', ROLE: 'x', DATABASE_URL: 'oracle:1', WECOM_CORP_ID: 'ww1' });
    expect(faults.join('\n')).toMatch(/PORT[\s\S]*DATABASE_URL[\s\S]*ROLE[\s\S]*WECOM_AGENT_SECRET/);
    expect(faults.length).toBeGreaterThanOrEqual(8);
  });

  it('refuses short session keys in production', () => {
    expect(faultsOf({ ...PRODUCTION, SESSION_KEYS: 'short' })[0]).toContain('openssl rand');
  });

  it('takes an S3-compatible store whole or not at all', () => {
    const S3 = {
      S3_ENDPOINT: 'http://minio:9000',
      S3_BUCKET: 'steward',
      S3_ACCESS_KEY: 'a',
      S3_SECRET_KEY: 's',
    };
    expect(read({}).s3).toBeNull();
    expect(read(S3).s3).toEqual({
      endpoint: 'http://minio:9000',
      bucket: 'steward',
      region: 'us-east-1',
      accessKey: 'a',
      secretKey: 's',
    });
    const { S3_BUCKET, ...rest } = S3;
    expect(S3_BUCKET).toBe('steward');
    expect(faultsOf(rest)).toEqual([expect.stringContaining('S3_BUCKET missing')]);
  });
});
