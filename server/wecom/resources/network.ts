import { z } from 'zod';
import type { Caller } from '../caller.ts';
import { listOf } from '../fields.ts';

/** 企业微信's addresses (pages 90930, 92520), for firewalls; may be wildcards such as 101.226.103.*. Ask daily. */
const ipListShape = z.looseObject({ ip_list: listOf(z.string()) });

export type NetworkResource = ReturnType<typeof networkResource>;

export function networkResource({ call }: Caller) {
  const ask = async (api: string) => (await call({ api, by: 'agent', isRead: true }, ipListShape)).ip_list;
  return {
    /** Where callbacks come from. */
    callbackIps: (): Promise<string[]> => ask('getcallbackip'),
    /** Where our calls go to. */
    apiDomainIps: (): Promise<string[]> => ask('get_api_domain_ip'),
  };
}
