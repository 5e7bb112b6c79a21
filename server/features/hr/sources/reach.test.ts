import { describe, expect, it } from 'vitest';
import { createReach } from './reach.ts';

const refusedAt = (host: string, networks: string[] = []): boolean => {
  try {
    createReach(networks).mustReach(host);
    return false;
  } catch (error) {
    expect(error).toMatchObject({ code: 'hr.source_private_address' });
    return true;
  }
};

describe('where a source may be', () => {
  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '[::1]',
    '::',
    '[::ffff:127.0.0.1]',
    '::ffff:7f00:1',
    'fe80::1',
    'fd00::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
  ])('%s is out of reach', (host) => expect(refusedAt(host)).toBe(true));

  it.each(['8.8.8.8', '172.32.0.1', '[2400:3200::1]', 'hr.example.edu.cn'])('%s is not', (host) =>
    expect(refusedAt(host)).toBe(false),
  );

  it('the configuration opens exactly the networks it names', () => {
    expect(refusedAt('10.20.0.5', ['10.20.0.0/16'])).toBe(false);
    expect(refusedAt('10.21.0.5', ['10.20.0.0/16'])).toBe(true);
    expect(refusedAt('fd00:1::5', ['fd00:1::/32'])).toBe(false);
    expect(() => createReach(['10.20.0.0'])).toThrow(RangeError);
    expect(() => createReach(['intranet/8'])).toThrow(RangeError);
  });

  it('judges a name by what it resolves to', async () => {
    const resolve = (networks: string[]) =>
      new Promise<string>((done) => {
        createReach(networks).lookup('localhost', { family: 4 }, (error, address) =>
          done(error?.code ?? String(address)),
        );
      });
    expect(await resolve([])).toBe('EOUTOFREACH');
    expect(await resolve(['127.0.0.0/8'])).toBe('127.0.0.1');
  });
});
