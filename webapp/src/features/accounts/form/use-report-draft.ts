import { onScopeDispose, reactive, ref, watch, type Ref } from 'vue';
import type { FileBrief, PersonBrief } from '../../../api/shapes.ts';
import { drop, keep, kept } from '../../../device.ts';
import type { Letter, RequestKind } from '../shapes.ts';
import { SECRET } from './fields.ts';
import { isBlank, noLetter, type FormValue } from './values.ts';

export interface ReportDraft {
  kind: RequestKind | null;
  person: PersonBrief | null;
  values: Record<string, FormValue>;
  letter: Letter;
  /** Names of units and files that the form holds by id. */
  unitNames: Record<string, string>;
  files: Record<string, FileBrief>;
  /** Set once the server has the request: the next attempt fills that one instead of making another. */
  requestId: string | null;
  /** Requests that stood before the first attempt whose answer was lost; a newer one is ours. */
  stoodBefore: string[] | null;
}

export interface Drafting {
  draft: ReportDraft;
  resumedFrom: Ref<number | null>;
  restart: () => void;
  finish: () => void;
}

const pauseMs = 400;
const blank = (): ReportDraft => ({
  kind: null,
  person: null,
  values: {},
  letter: noLetter(),
  unitNames: {},
  files: {},
  requestId: null,
  stoodBefore: null,
});

const worthKeeping = ({ kind, person, values, letter }: ReportDraft): boolean =>
  kind !== null ||
  person !== null ||
  !isBlank(letter) ||
  Object.values(values).some((each) => !isBlank(each));

/** H5: why somebody is locked never stays on a phone. */
function withoutSecret(draft: ReportDraft): ReportDraft {
  const hidden = draft.kind === null ? [] : (SECRET[draft.kind] ?? []);
  const values = Object.fromEntries(Object.entries(draft.values).filter(([key]) => !hidden.includes(key)));
  return { ...draft, values };
}

/**
 * Nothing typed is lost when the phone closes: every change is kept on this device, per person who reports. `name`
 * tells a new report from one that is filled in for the server's request.
 */
export function useReportDraft(name: string, start: () => Partial<ReportDraft> = () => ({})): Drafting {
  const key = `draft:accounts:${name}`;
  const earlier = kept<ReportDraft>(key);
  const draft = reactive<ReportDraft>({ ...blank(), ...start(), ...earlier?.value });
  const resumedFrom = ref(earlier && worthKeeping(earlier.value) ? earlier.at : null);
  let timer = 0;
  let finished = false;

  function save(): void {
    window.clearTimeout(timer);
    if (!finished && worthKeeping(draft)) keep(key, withoutSecret(draft));
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
      Object.assign(draft, { ...blank(), ...start() });
      drop(key);
      resumedFrom.value = null;
    },
    finish() {
      finished = true;
      window.clearTimeout(timer);
      drop(key);
    },
  };
}
