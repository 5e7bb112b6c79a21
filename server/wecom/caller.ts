import type { z } from 'zod';
import { guard, readAnswer, readFileAnswer } from './answer.ts';
import type { BareSpec, CallSpec } from './call.ts';
import { requireCapability } from './capabilities.ts';
import type { CapabilitySettings } from './capabilities.ts';
import type { Credentials } from './credentials.ts';
import { patiently } from './exchange.ts';
import type { Exchange, Read } from './exchange.ts';
import type { Limits } from './limits.ts';
import type { WireAnswer } from './transport.ts';

/** Capability, circuit, quotas, token with one replay, exchange, errors, guard: each once, for every API. */
export interface Caller {
  call<T>(spec: CallSpec, answer: z.ZodType<T>): Promise<T>;
  /** For media/get: the file itself. */
  download(spec: CallSpec): Promise<WireAnswer>;
  bare<T>(spec: BareSpec, answer: z.ZodType<T>): Promise<T>;
  readonly limits: Limits;
}

export interface CallerDeps {
  readonly exchange: Exchange;
  readonly limits: Limits;
  readonly credentials: Credentials;
  readonly capabilities: CapabilitySettings;
}

export function createCaller({ exchange, limits, credentials, capabilities }: CallerDeps): Caller {
  async function run<T>(spec: CallSpec, read: Read<T>): Promise<T> {
    const { api, by } = spec;
    await exchange.before(api, async () => {
      requireCapability(api, by, capabilities);
      const { circuit } = credentials.of(api, by);
      circuit.check(api);
      await limits.admit(api, spec.demands);
      circuit.enter(api);
    });
    const { circuit, tokens } = credentials.of(api, by);
    try {
      const value = await tokens.use((token) => exchange.send(spec, token, read));
      circuit.report(undefined);
      return value;
    } catch (error) {
      circuit.report(error);
      throw error;
    }
  }

  return {
    call(spec, answer) {
      const ask = () => run(spec, (wire) => guard(spec.api, answer, readAnswer(spec.api, wire)));
      return spec.isRead ? patiently(ask) : ask();
    },
    download: (spec) => run(spec, (wire) => readFileAnswer(spec.api, wire)),
    bare: exchange.bare,
    limits,
  };
}
