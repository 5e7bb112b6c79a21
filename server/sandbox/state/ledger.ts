import { newId } from '../../kernel/id.ts';
import type { ActKind, ActView, LedgerDetail, LedgerEntry } from '../contract.ts';
import type { EventBus } from './events.ts';

/**
 * What happened, in the order it happened, grouped by the act that caused it. A call of the app belongs to the
 * last act as long as something happened in it a moment ago; later calls form a group of their own.
 */
export interface Ledger {
  startAct(kind: ActKind, userid: string | null, title: string): string;
  /** Opens an entry; `actId` absent = the act that is going on. */
  open(start: EntryStart): OpenEntry;
  acts(limit: number, before?: string): ActView[];
  entries(since: number, limit: number): LedgerEntry[];
  detail(id: string): LedgerDetail | undefined;
  readonly last: number;
  clear(): void;
}

export interface EntryStart {
  kind: LedgerEntry['kind'];
  name: string;
  actId?: string;
  summary?: string;
  fields?: LedgerEntry['fields'];
  request?: LedgerDetail['request'];
}

export interface OpenEntry {
  readonly entry: LedgerEntry;
  readonly detail: LedgerDetail;
  /** Changes what is shown while it runs. */
  update(changes: Partial<LedgerEntry>): void;
  /** Sets the final state and how long it took. */
  close(changes: Partial<LedgerEntry>, response?: LedgerDetail['response']): void;
}

const MAX_ENTRIES = 3000;
const MAX_ACTS = 400;
/** Real milliseconds of silence after which a call no longer belongs to the act before it. */
const SILENCE_MS = 6000;
/** A person inside the H5 fills in forms; what the app calls meanwhile is most likely his doing. */
const H5_SILENCE_MS = 120_000;

interface Act extends ActView {
  lastAt: number;
}

export function createLedger(now: () => number, events: EventBus): Ledger {
  const entries: LedgerEntry[] = [];
  const details = new Map<string, LedgerDetail>();
  const acts: Act[] = [];
  let seq = 0;

  const startAct: Ledger['startAct'] = (kind, userid, title) => {
    const act: Act = { id: newId(), kind, at: now(), userid, title, entries: [], lastAt: Date.now() };
    acts.push(act);
    if (acts.length > MAX_ACTS) acts.shift();
    events.emit({ type: 'act', act: viewOf(act) });
    return act.id;
  };
  const going = (): Act => {
    // A subscribe event is a side effect of some other act and must not take over its calls.
    const latest = acts.findLast((act) => act.kind !== 'scope');
    if (latest !== undefined && Date.now() - latest.lastAt < silenceOf(latest.kind)) return latest;
    startAct('app', null, '本系统自己的调用');
    return going();
  };
  const find = (id: string | undefined): Act =>
    (id === undefined ? undefined : acts.findLast((act) => act.id === id)) ?? going();

  const open: Ledger['open'] = (start) => {
    const act = find(start.actId);
    seq += 1;
    const entry = newEntry(start, act.id, seq, now());
    const detail: LedgerDetail = {
      entry,
      request: start.request ?? { method: '', path: '', body: '' },
      response: null,
      raw: null,
    };
    act.entries.push(entry);
    act.lastAt = Date.now();
    entries.push(entry);
    details.set(entry.id, detail);
    if (entries.length > MAX_ENTRIES) forgetOldest(entries, details, acts);
    events.emit({ type: 'entry', entry });
    const began = performance.now();
    const update: OpenEntry['update'] = (changes) => {
      Object.assign(entry, changes);
      act.lastAt = Date.now();
      events.emit({ type: 'entry_changed', entry });
    };
    return {
      entry,
      detail,
      update,
      close: (changes, response) => {
        if (response !== undefined) detail.response = response;
        update({ tookMs: Math.round(performance.now() - began), nextAttemptAt: null, ...changes });
      },
    };
  };

  return {
    startAct,
    open,
    acts: (limit, before) => {
      const end = before === undefined ? acts.length : acts.findIndex((act) => act.id === before);
      return acts
        .slice(Math.max(0, end - limit), Math.max(0, end))
        .reverse()
        .map(viewOf);
    },
    entries: (since, limit) => entries.filter((entry) => entry.seq > since).slice(0, limit),
    detail: (id) => details.get(id),
    get last() {
      return seq;
    },
    clear: () => {
      entries.length = 0;
      acts.length = 0;
      details.clear();
    },
  };
}

const silenceOf = (kind: ActKind): number => (kind === 'h5' || kind === 'login' ? H5_SILENCE_MS : SILENCE_MS);

function newEntry(start: EntryStart, actId: string, seq: number, at: number): LedgerEntry {
  return {
    id: newId(),
    seq,
    actId,
    at,
    kind: start.kind,
    name: start.name,
    summary: start.summary ?? '',
    fields: start.fields ?? [],
    state: start.kind === 'call' || start.kind === 'callback' ? 'running' : 'ok',
    errcode: null,
    tookMs: null,
    attempts: 0,
    nextAttemptAt: null,
    faultId: null,
  };
}

function forgetOldest(entries: LedgerEntry[], details: Map<string, LedgerDetail>, acts: Act[]): void {
  const oldest = entries.shift();
  if (oldest === undefined) return;
  details.delete(oldest.id);
  const act = acts.find((candidate) => candidate.id === oldest.actId);
  if (act?.entries[0] === oldest) act.entries.shift();
}

const viewOf = ({ lastAt: _lastAt, ...act }: Act): ActView => act;
