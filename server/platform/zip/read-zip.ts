import { unzipSync } from 'fflate';

/** Everything in a .zip by its path; for the command line and tests, which have the memory. @throws when it is none */
export const readZip = (bytes: Uint8Array): ReadonlyMap<string, Uint8Array> =>
  new Map(Object.entries(unzipSync(bytes)).filter(([path]) => !path.endsWith('/')));
