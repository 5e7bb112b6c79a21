/** Who may call what of personal-file audits: the plan is HR's, a file its person's, its unit's and its reviewers'. */
import type { Stage } from '../../server/features/file-audits/contract.ts';
import { TERMS } from './authorization-file-audits.ts';
import type { Place } from './authorization-place.ts';
import type { ActorKey, AuthorizationStage, Call } from './authorization-stage.ts';

const NOBODY: readonly ActorKey[] = [];
const HR = ['creator', 'superAdmin', 'hrMaintainer'] as const;
const UNIT = ['unitHead', 'liaison'] as const;
/** Holds a second post in a supervising department (S1-22a). */
const SUPERVISOR = 'systemAdmin';

const members: Readonly<Record<string, Place>> = { any: { who: 'members' } };
const body = ({ fileAudits }: AuthorizationStage) => ({
  ...TERMS,
  scope: { unitIds: [], setIds: [], categories: [] },
  reviewerIds: fileAudits.reviewerIds,
});

type More = (stage: AuthorizationStage) => object;
const ofPlan =
  (state: 'draft' | 'running', more?: More) =>
  async (stage: AuthorizationStage): Promise<Call> => ({
    params: { planId: await stage.fileAudits.plan(state) },
    ...(more && { body: more(stage) }),
  });
const hr = (state: 'draft' | 'running', more?: More): Readonly<Record<string, Place>> => ({
  any: { who: HR, call: ofPlan(state, more) },
});
const version: More = () => ({ version: 1 });

type Whose = 'own' | 'college' | 'library';
/** A file of the actor, of somebody of the college that the unit's people review for, of somebody elsewhere. */
const ofFile =
  (whose: Whose, at: Stage, more?: object) =>
  async (stage: AuthorizationStage, actor: ActorKey): Promise<Call> => {
    const somebody = stage.personId(actor === 'staff' ? 'contractor' : 'staff');
    const personId = whose === 'own' ? stage.personId(actor) : somebody;
    const fileId = await stage.fileAudits.file(personId, whose === 'library' ? 'D11' : 'D20', at);
    return { params: { fileId }, ...(more && { body: more }) };
  };
const VERDICT = { verdicts: [{ field: 'name', verdict: 'ok', note: null }] };
const BACK = { to: 'self', reason: '请补材料' };
const CHECK = { answers: [{ field: 'name', said: 'right' }] };
const some = (at: Stage): Readonly<Record<string, Place>> => ({
  any: {
    who: 'members',
    call: async (stage, actor) => {
      const { params } = await ofFile('library', at)(stage, actor);
      return { body: { fileIds: [params?.['fileId'] ?? ''] } };
    },
  },
});

export const fileAuditPlaces: Readonly<Record<string, Readonly<Record<string, Place>>>> = {
  'get /api/data-quality/staff': { any: { who: [...HR, SUPERVISOR] } },
  'get /api/file-audits/own': members,
  'get /api/file-audits/to-review': members,
  'get /api/file-audits/choices': { any: { who: HR } },
  'get /api/file-audits/plans': { any: { who: [...HR, ...UNIT, SUPERVISOR] } },
  'post /api/file-audits/plans': { any: { who: HR, call: (stage) => ({ body: body(stage) }) } },
  'get /api/file-audits/plans/:planId': {
    running: { who: [...HR, ...UNIT, SUPERVISOR], call: ofPlan('running') },
    draft: { who: HR, call: ofPlan('draft') },
  },
  'put /api/file-audits/plans/:planId': hr('draft', (stage) => ({ version: 1, ...body(stage) })),
  'post /api/file-audits/plans/:planId/discard': hr('draft', version),
  'post /api/file-audits/plans/:planId/start': hr('draft', version),
  'put /api/file-audits/plans/:planId/guidance': hr('running', ({ fileAudits }) => ({
    version: 1,
    guidance: '看材料',
    reviewerIds: fileAudits.reviewerIds,
  })),
  'post /api/file-audits/plans/:planId/remind': hr('running', () => ({ unitId: null })),
  'post /api/file-audits/plans/:planId/end': hr('running', version),
  'get /api/file-audits/plans/:planId/units': {
    running: { who: [...HR, ...UNIT, SUPERVISOR], call: ofPlan('running') },
    draft: { who: HR, call: ofPlan('draft') },
  },
  'get /api/file-audits/plans/:planId/files': {
    any: { who: [...HR, ...UNIT], call: ofPlan('running') },
  },
  'get /api/file-audits/plans/:planId/export': { any: { who: HR, call: ofPlan('running') } },
  'get /api/file-audits/files/:fileId': {
    own: { who: 'members', call: ofFile('own', 'self') },
    in: { who: [...HR, ...UNIT], call: ofFile('college', 'self') },
    out: { who: HR, call: ofFile('library', 'self') },
  },
  'post /api/file-audits/files/:fileId/check': {
    own: { who: 'members', call: ofFile('own', 'self', CHECK) },
    others: { who: NOBODY, call: ofFile('college', 'self', CHECK) },
  },
  'post /api/file-audits/files/:fileId/pass': {
    own: { who: NOBODY, call: ofFile('own', 'unit', { doubts: [] }) },
    in: { who: UNIT, call: ofFile('college', 'unit', { doubts: [] }) },
    out: { who: NOBODY, call: ofFile('library', 'unit', { doubts: [] }) },
  },
  'post /api/file-audits/files/:fileId/judge': {
    own: { who: NOBODY, call: ofFile('own', 'hr', VERDICT) },
    others: { who: ['superAdmin'], call: ofFile('college', 'hr', VERDICT) },
  },
  'post /api/file-audits/files/:fileId/send-back': {
    own: { who: NOBODY, call: ofFile('own', 'unit', BACK) },
    atUnit: { who: UNIT, call: ofFile('college', 'unit', BACK) },
    atHr: { who: ['superAdmin'], call: ofFile('college', 'hr', BACK) },
  },
  // What one may not touch is left and told, without a name.
  'post /api/file-audits/pass-some': some('unit'),
  'post /api/file-audits/judge-some': some('hr'),
};
