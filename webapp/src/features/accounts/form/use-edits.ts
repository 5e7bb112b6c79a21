import type { FileBrief, PersonBrief } from '../../../api/shapes.ts';
import { keep, kept } from '../../../device.ts';
import { session } from '../../../session.ts';
import type { RequestKind } from '../shapes.ts';
import { ownUnitKey } from './fields.ts';
import type { ReportDraft } from './use-report-draft.ts';
import { textOf, type FormValue } from './values.ts';

interface Unit {
  readonly unitId: string;
  readonly name: string;
}

export interface Edits {
  readonly chooseKind: (kind: RequestKind) => void;
  readonly choosePerson: (person: PersonBrief | null) => void;
  readonly chooseUnit: (key: string, unit: Unit) => void;
  readonly change: (key: string, value: FormValue) => void;
  readonly rememberFile: (file: FileBrief) => void;
  readonly proposeUnit: () => void;
  /** The next report begins with the unit this one was sent for. */
  readonly rememberUnit: () => void;
}

const lastUnit = 'accounts-unit';

function ownUnit(): Unit | null {
  const last = kept<Unit>(lastUnit)?.value;
  if (last) return last;
  const posts = session.me?.posts ?? [];
  const post = posts.find((each) => each.isHead) ?? posts[0];
  return post ? { unitId: post.unitId, name: post.unitName } : null;
}

/** What filling in does to the draft. `proposes`: a new report begins with the own unit where it sends. */
export function useEdits(draft: ReportDraft, proposes: boolean): Edits {
  const ownKey = (): string | null => (draft.kind === null ? null : ownUnitKey(draft.kind, draft.values));

  function proposeUnit(): void {
    const own = ownUnit();
    const key = ownKey();
    if (!proposes || !own || key === null || textOf(draft.values[key]) !== '') return;
    draft.values[key] = own.unitId;
    draft.unitNames[own.unitId] = own.name;
  }

  /** Another kind or another person is another request. */
  function forgetRequest(): void {
    draft.requestId = null;
    draft.stoodBefore = null;
  }

  function change(key: string, value: FormValue): void {
    const before = ownKey();
    draft.values[key] = value;
    // S3-2.2: with "to another unit" the own unit is the one the person comes to, no longer the one they leave.
    if (proposes && before !== null && before !== ownKey() && draft.values[before] === ownUnit()?.unitId)
      draft.values[before] = null;
    proposeUnit();
  }

  return {
    chooseKind(kind) {
      forgetRequest();
      draft.kind = kind;
      draft.values = {};
      proposeUnit();
    },
    choosePerson(person) {
      if (person?.personId !== draft.person?.personId) forgetRequest();
      draft.person = person;
    },
    chooseUnit(key, { unitId, name }) {
      draft.unitNames[unitId] = name;
      change(key, unitId);
    },
    change,
    rememberFile(file) {
      draft.files[file.fileId] = file;
    },
    proposeUnit,
    rememberUnit() {
      const unitId = textOf(draft.values[ownKey() ?? '']);
      if (unitId !== '') keep(lastUnit, { unitId, name: draft.unitNames[unitId] ?? '' });
    },
  };
}
