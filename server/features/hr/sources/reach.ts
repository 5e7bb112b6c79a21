import { lookup as resolve } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { trouble } from './troubles.ts';

/**
 * Where a source may be. Whoever sets one up must not be able to make this server talk to itself, to the cloud's
 * metadata or to the rest of the intranet (SSRF): addresses that are not public are open only where the site's
 * configuration names their network. Names are judged by what they resolve to, at the moment of connecting.
 */
export interface Reach {
  /** @throws refused `hr.source_private_address` when the host is a literal address out of reach */
  mustReach(host: string): void;
  /** For `net.connect` and HTTP agents; refuses names that resolve out of reach. */
  readonly lookup: LookupFunction;
}

/** Code of the error a refused name ends in. */
export const OUT_OF_REACH = 'EOUTOFREACH';

/** IANA's special-purpose registries: everything that is not one host on the public net. */
const SPECIAL = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/127',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];

/** @param networks in CIDR form: `10.20.0.0/16`. @throws RangeError naming the one that is none */
export function createReach(networks: readonly string[]): Reach {
  const special = blockList(SPECIAL);
  const open = blockList(networks);
  const isOpen = (address: string): boolean => {
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    return !special.check(address, family) || open.check(address, family);
  };
  return {
    mustReach(host) {
      const address = host.replace(/^\[|\]$/g, '');
      if (isIP(address) !== 0 && !isOpen(address)) throw trouble('private_address', { host });
    },
    lookup(hostname, options, callback) {
      resolve(hostname, { ...options, all: true }, (error, found) => {
        if (error) return callback(error, '');
        const [first] = found;
        if (first === undefined || !found.every(({ address }) => isOpen(address)))
          return callback(Object.assign(new Error('out of reach'), { code: OUT_OF_REACH }), '');
        return options.all ? callback(null, found) : callback(null, first.address, first.family);
      });
    },
  };
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix = ''] = network.split('/');
    const version = isIP(address);
    if (version === 0 || !/^\d{1,3}$/.test(prefix)) throw new RangeError(`not a network: ${network}`);
    list.addSubnet(address, Number(prefix), version === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
