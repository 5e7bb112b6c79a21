/** Who may call what of 企业微信's own 审批: whoever took part, overseers, heads for their unit; administrators import. */
import type { Place } from './authorization-place.ts';
import type { ActorKey, AuthorizationStage, Call } from './authorization-stage.ts';

const OVERSEERS = ['creator', 'superAdmin', 'auditAdmin'] as const;
const IMPORTERS = ['superAdmin', 'systemAdmin'] as const;
const members: Readonly<Record<string, Place>> = { any: { who: 'members' } };

const ofForm =
  (unitCode: string, takesPart: boolean) =>
  async (stage: AuthorizationStage, actor: ActorKey): Promise<Call> => ({
    params: { caseId: await stage.native.form(unitCode, takesPart ? stage.personId(actor) : null) },
  });

export const nativePlaces: Readonly<Record<string, Readonly<Record<string, Place>>>> = {
  'get /api/native-approvals/own': members,
  // Who imports sees how it goes, and of forms what else they may.
  'get /api/native-approvals/cases': { any: { who: [...OVERSEERS, 'systemAdmin', 'unitHead'] } },
  'get /api/native-approvals/cases/:caseId': {
    part: { who: 'members', call: ofForm('D11', true) },
    in: { who: [...OVERSEERS, 'unitHead'], call: ofForm('D20', false) },
    out: { who: OVERSEERS, call: ofForm('D11', false) },
  },
  'get /api/native-approvals/imports': { any: { who: IMPORTERS } },
  'post /api/native-approvals/imports': {
    any: {
      who: IMPORTERS,
      call: async ({ native }) => {
        await native.importEnded();
        return { body: { fromOn: '2026-11-01', untilOn: '2026-11-02' } };
      },
    },
  },
};
