import { readHttp, sampleHttp } from './http/read-http.ts';
import type { FetchedSettings, Reading, Sample } from './reading.ts';
import { readSql, sampleSql } from './sql/read-sql.ts';
import type { Statement } from './statement.ts';

/** Everything the source says, or a trouble and nothing. @throws refused a `hr.source_…` trouble */
export const readSource = (
  settings: FetchedSettings,
  secret: string,
  reading: Reading,
): Promise<Statement> =>
  settings.kind === 'sql' ? readSql(settings, secret, reading) : readHttp(settings, secret, reading);

export interface Sampled {
  readonly samples: readonly Sample[];
  /** What the account may do besides reading. */
  readonly writingRights: readonly string[];
}

/** The first rows of each list. @throws refused a `hr.source_…` trouble */
export async function sampleSource(
  settings: FetchedSettings,
  secret: string,
  reading: Reading,
  most: number,
): Promise<Sampled> {
  if (settings.kind === 'sql') return sampleSql(settings, secret, reading, most);
  const samples = await sampleHttp(settings, secret, reading);
  return {
    samples: samples.map((one) => ({ ...one, records: one.records.slice(0, most) })),
    writingRights: [],
  };
}
