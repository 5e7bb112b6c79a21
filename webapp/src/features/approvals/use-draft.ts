import { onScopeDispose, reactive, ref, watch, type Ref } from 'vue';
import type { Chosen, FileBrief, FormValues, PersonBrief } from '../../api/shapes.ts';
import { drop, keep, kept } from '../../device.ts';
import { isEmpty } from './form/values.ts';

export interface Draft {
  assignmentId: string;
  form: FormValues;
  chosen: Chosen;
  /** Names of the people and files the form holds by id. */
  people: Record<string, PersonBrief>;
  files: Record<string, FileBrief[]>;
  /** What other ids in the form are called. */
  names: Record<string, string>;
  /** The key and content of the last attempt to submit whose outcome is not known. */
  attempt: { clientKey: string; content: string } | null;
}

export interface Drafting {
  draft: Draft;
  /** When the content that was taken up again was kept; null once it is refused, or when there was none. */
  resumedFrom: Ref<number | null>;
  /** 重新填: an empty form. */
  restart: () => void;
  finish: () => void;
}

const pauseMs = 400;
const empty = (): Draft => ({
  assignmentId: '',
  form: {},
  chosen: {},
  people: {},
  files: {},
  names: {},
  attempt: null,
});

const worthKeeping = (draft: Draft): boolean =>
  Object.values(draft.form).some((value) => !isEmpty(value)) || Object.keys(draft.chosen).length > 0;

/** Of an older draft only what today's form still asks for. */
function stillAsked(old: Draft, keys: readonly string[]): Draft {
  const only = <T>(map: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(map).filter(([key]) => keys.includes(key)));
  return { ...empty(), ...old, form: only(old.form), files: only(old.files) };
}

/**
 * Nothing typed is ever lost: every change is kept on this device, per person and form, and the form opens with
 * what was written before. `keys` are the fields that are kept, in which those with numbers of people are not: this
 * device may be anybody's. `start` is what the form is filled with at first.
 */
export function useDraft(templateKey: string, keys: readonly string[], start: Partial<Draft> = {}): Drafting {
  const name = `draft:${templateKey}`;
  const blank = (): Draft => ({ ...empty(), ...(JSON.parse(JSON.stringify(start)) as Partial<Draft>) });
  const earlier = kept<Draft>(name);
  const old = earlier ? stillAsked(earlier.value, keys) : blank();
  const draft = reactive<Draft>(old);
  const resumedFrom = ref(earlier && worthKeeping(old) ? earlier.at : null);
  let timer = 0;
  let finished = false;

  function save(): void {
    window.clearTimeout(timer);
    const { form, files } = stillAsked(draft, keys);
    // The last attempt holds the whole form, what is not kept of it included.
    const isWhole = Object.keys(draft.form).every((key) => keys.includes(key));
    const known = { ...draft, form, files, attempt: isWhole ? draft.attempt : null };
    if (!finished && worthKeeping(known)) keep(name, known);
  }
  watch(
    draft,
    () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(save, pauseMs);
    },
    { deep: true },
  );
  window.addEventListener('pagehide', save);
  onScopeDispose(() => {
    window.removeEventListener('pagehide', save);
    save();
  });

  return {
    draft,
    resumedFrom,
    restart() {
      Object.assign(draft, blank());
      drop(name);
      resumedFrom.value = null;
    },
    finish() {
      finished = true;
      window.clearTimeout(timer);
      drop(name);
    },
  };
}

/**
 * The key of a submission. The same content again keeps its key, so a second tap or a retry after a lost
 * answer makes no second request; changed content is a new submission.
 */
export function keyFor(draft: Draft, content: string, fresh: () => string): string {
  if (draft.attempt?.content !== content) draft.attempt = { clientKey: fresh(), content };
  return draft.attempt.clientKey;
}

/** A version 4 uuid, also where `randomUUID` is missing (plain http, old hosts). */
export function newClientKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
