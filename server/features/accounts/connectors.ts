import type { Tx } from '../../platform/db/unit-of-work.ts';
import type { AccountsSettings } from './settings.ts';
import type { Order } from './model.ts';

/** What proves it: an errcode, a push id, a row count. Never personal data. */
export interface Carried {
  readonly note: string;
}

/**
 * The hand of a system of grade `api`. Both ways look at the present state first: the same order twice has one
 * effect. An AppError is a refusal a person can read; anything else is retried by the job.
 */
export type Connector = {
  readonly systemCode: string;
} & (
  | {
      /**
       * The effect is a row of ours (企业微信 through the directory): done in the same unit of work. `waiting`: asked
       * for, and not proved yet; it is asked again in a while.
       */
      readonly mode: 'local';
      readonly apply: (tx: Tx, order: Order) => Promise<Carried | 'waiting'>;
    }
  | {
      /** Over the network: called by a job, outside any unit of work. */
      readonly mode: 'remote';
      readonly call: (order: Order) => Promise<Carried>;
    }
);

export type Connectors = ReadonlyMap<string, Connector>;

/** @throws when a system of grade `api` has no connector, or a connector no such system: told at the start */
export function registerConnectors(
  { systems }: Pick<AccountsSettings, 'systems'>,
  connectors: readonly Connector[],
): Connectors {
  const known = new Map(connectors.map((connector) => [connector.systemCode, connector]));
  const wanted = new Set(systems.filter(({ grade }) => grade === 'api').map(({ code }) => code));
  const handless = [...wanted].filter((code) => !known.has(code));
  const idle = [...known.keys()].filter((code) => !wanted.has(code));
  if (handless.length > 0) throw new Error(`accounts: no connector for ${handless.join(', ')}`);
  if (idle.length > 0) throw new Error(`accounts: connectors without an api system: ${idle.join(', ')}`);
  return known;
}
