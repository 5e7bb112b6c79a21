/** Who may call what of the designer: global roles all, a module manager the own group, the auditor looks (S2-10). */
import { newDraft } from '../../server/features/approvals/design/draft.ts';
import type { Place } from './authorization-place.ts';

const GLOBAL = ['creator', 'superAdmin'] as const;
const OWN = [...GLOBAL, 'moduleManager'] as const;
const LOOK = [...GLOBAL, 'auditAdmin'] as const;
const ROOT = '/api/approvals/design';

interface Called {
  readonly body?: (key: string, group: string) => object;
  readonly query?: string;
  readonly draft?: boolean;
}

/** A template of the manager's own group and one of another's. */
function ofTemplate(isLook: boolean, { body, query, draft = true }: Called = {}): Record<string, Place> {
  const place = (side: 'in' | 'out', who: Place['who']): Place => ({
    who,
    call: async ({ design }) => {
      const templateKey = await design.template(side, draft);
      return {
        params: { templateKey },
        ...(query === undefined ? {} : { query }),
        ...(body ? { body: body(templateKey, design.group(side)) } : {}),
      };
    },
  });
  return {
    in: place('in', isLook ? [...OWN, 'auditAdmin'] : OWN),
    out: place('out', isLook ? LOOK : GLOBAL),
  };
}

const seen = { body: () => ({ version: 1 }) };
const any = (who: Place['who'], call?: Place['call']): Record<string, Place> => ({
  any: { who, ...(call ? { call } : {}) },
});

export const designPlaces: Readonly<Record<string, Readonly<Record<string, Place>>>> = {
  [`get ${ROOT}/templates`]: any([...OWN, 'auditAdmin']),
  [`get ${ROOT}/around`]: any([...OWN, 'auditAdmin']),
  [`get ${ROOT}/templates/:templateKey`]: ofTemplate(true),
  [`post ${ROOT}/templates`]: ofTemplate(false, {
    draft: false,
    body: (templateKey) => ({ from: 'running', templateKey }),
  }),
  [`put ${ROOT}/templates/:templateKey/draft`]: ofTemplate(false, {
    body: (key, group) => ({
      version: 1,
      content: newDraft({ key, title: '事项', group, numberPrefix: 'SX' }),
    }),
  }),
  [`post ${ROOT}/templates/:templateKey/repair`]: ofTemplate(false, {
    body: () => ({ version: 1, issueId: 'nothing' }),
  }),
  [`post ${ROOT}/templates/:templateKey/rebase`]: ofTemplate(false, {
    body: () => ({ version: 1, running: 1 }),
  }),
  [`post ${ROOT}/templates/:templateKey/discard`]: ofTemplate(false, seen),
  [`post ${ROOT}/templates/:templateKey/review`]: ofTemplate(false, seen),
  [`post ${ROOT}/templates/:templateKey/publish`]: ofTemplate(false, seen),
  [`post ${ROOT}/templates/:templateKey/retire`]: ofTemplate(false, { body: () => ({ reason: '不用了' }) }),
  [`post ${ROOT}/templates/:templateKey/restore`]: ofTemplate(false),
  [`get ${ROOT}/templates/:templateKey/difference`]: ofTemplate(true, { query: '?from=1&to=draft' }),
  [`get ${ROOT}/templates/:templateKey/dry-run`]: ofTemplate(true),
  [`post ${ROOT}/templates/:templateKey/preview`]: ofTemplate(true, {
    body: () => ({ personId: 'nobody', form: {} }),
  }),
  [`get ${ROOT}/templates/:templateKey/yaml`]: ofTemplate(true, { query: '?version=1' }),
  [`get ${ROOT}/rights`]: any(LOOK),
  [`post ${ROOT}/rights`]: any(GLOBAL, () => ({
    body: { requestNumber: 'QX-1', scope: { kind: 'group', value: '甲组' } },
  })),
  [`post ${ROOT}/rights/:rightId/end`]: any(GLOBAL, async ({ design, other }) => ({
    params: { rightId: await design.right(other) },
  })),
};
