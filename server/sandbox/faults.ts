import { newId } from '../kernel/id.ts';
import { faultRequest } from './contract.ts';
import type { FaultKind, FaultRequest, FaultView } from './contract.ts';
import { MINUTE } from './limits.ts';
import type { EventBus } from './state/events.ts';

/** Things made to go wrong on purpose. A fault ends after its calls, after its minutes, or when removed. */
export interface Faults {
  add(request: FaultRequest): FaultView;
  remove(id?: string): void;
  list(): FaultView[];
  /** The first active fault of one of these kinds that covers `name`, and counts it as hit. */
  hit<K extends FaultKind>(kinds: readonly K[], name: string, userid?: string): HitOf<K> | undefined;
}

export interface HitOf<K extends FaultKind> {
  id: string;
  request: Extract<Parsed, { kind: K }>;
}

type Parsed = ReturnType<(typeof faultRequest)['parse']>;
interface Active {
  view: FaultView;
  parsed: Parsed;
}

export function createFaults(now: () => number, events: EventBus, revokeTokens: () => void): Faults {
  let active: Active[] = [];
  const tell = (): void => events.emit({ type: 'faults', faults: active.map((fault) => fault.view) });
  const prune = (): void => {
    const before = active.length;
    active = active.filter(({ view }) => (view.until === null || view.until > now()) && view.callsLeft !== 0);
    if (active.length !== before) tell();
  };
  const count = (fault: Active): void => {
    fault.view.hits += 1;
    if (fault.view.callsLeft !== null) fault.view.callsLeft -= 1;
    prune();
    tell();
  };
  return {
    add: (request) => {
      const parsed = faultRequest.parse(request);
      const fault = { view: viewOf(request, parsed, now()), parsed };
      if (parsed.kind === 'invalidate_tokens' && parsed.afterCalls === 0) {
        revokeTokens();
        return { ...fault.view, hits: 1, callsLeft: 0 };
      }
      active.push(fault);
      tell();
      return fault.view;
    },
    remove: (id) => {
      active = id === undefined ? [] : active.filter(({ view }) => view.id !== id);
      tell();
    },
    list: () => {
      prune();
      return active.map((fault) => fault.view);
    },
    hit: <K extends FaultKind>(kinds: readonly K[], name: string, userid?: string) => {
      prune();
      const found = active.find(
        ({ parsed }) => kinds.includes(parsed.kind as K) && covers(parsed, name) && concerns(parsed, userid),
      );
      if (found === undefined) return undefined;
      count(found);
      if (found.parsed.kind === 'invalidate_tokens' && found.view.callsLeft === 0) revokeTokens();
      return { id: found.view.id, request: found.parsed as Extract<Parsed, { kind: K }> };
    },
  };
}

function viewOf(request: FaultRequest, parsed: Parsed, at: number): FaultView {
  const minutes = 'minutes' in parsed ? parsed.minutes : undefined;
  const calls = 'calls' in parsed ? parsed.calls : undefined;
  return {
    id: newId(),
    kind: parsed.kind,
    request,
    since: at,
    until: minutes === undefined ? null : at + minutes * MINUTE,
    callsLeft: parsed.kind === 'invalidate_tokens' ? parsed.afterCalls : (calls ?? null),
    hits: 0,
  };
}

function covers(parsed: Parsed, name: string): boolean {
  const apis = 'apis' in parsed ? parsed.apis : undefined;
  return apis === undefined || apis.some((api) => (api.endsWith('/') ? name.startsWith(api) : api === name));
}

function concerns(parsed: Parsed, userid: string | undefined): boolean {
  if (!('userids' in parsed) || parsed.userids === undefined) return true;
  return userid !== undefined && parsed.userids.some((id) => id.toLowerCase() === userid.toLowerCase());
}
