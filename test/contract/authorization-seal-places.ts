/** Who may call what of seals: a use is its applicant's, its keepers' and its managing unit's; the register the latter's. */
import { newId } from '../../server/kernel/id.ts';
import type { Place } from './authorization-place.ts';
import type { ActorKey, AuthorizationStage, Call } from './authorization-stage.ts';

const NOBODY: readonly ActorKey[] = [];
/** Whoever answers for the whole institution. */
const CHIEFS = ['creator', 'superAdmin'] as const;
/** And the head of 信息工程学院, for what is that unit's. */
const D20 = [...CHIEFS, 'unitHead'] as const;

const members: Readonly<Record<string, Place>> = { any: { who: 'members' } };

type Mine = 'applicant' | 'keeper' | 'none';
const ofUse =
  (mine: Mine, body?: object, unitCode = 'D20') =>
  async (stage: AuthorizationStage, actor: ActorKey): Promise<Call> => {
    const me = stage.personId(actor);
    const useId = await stage.seals.use(unitCode, {
      ...(mine === 'applicant' && { applicantId: me }),
      ...(mine === 'keeper' && { keeperId: me }),
    });
    return { params: { useId }, ...(body && { body }) };
  };
const photoOf: Place['call'] = async (stage, actor) => {
  const { params } = await ofUse('none')(stage, actor);
  return { params: { ...params, fileId: 'f'.repeat(32) } };
};

const VOID = { act: 'void', version: 1, words: '不盖了' };
const sealIn =
  (unitCode: string) =>
  (stage: AuthorizationStage): Call => ({
    body: {
      name: '某章',
      code: `A${newId().slice(-8).toUpperCase()}`,
      kind: 'unit',
      unitId: stage.unitId(unitCode),
      mayGoOut: false,
      keeperIds: [stage.bystander],
    },
  });
const changeIn =
  (unitCode: string) =>
  async (stage: AuthorizationStage): Promise<Call> => ({
    params: { sealId: await stage.seals.seal(unitCode) },
    body: {
      name: '某章',
      kind: 'unit',
      unitId: stage.unitId(unitCode),
      mayGoOut: true,
      keeperIds: [stage.bystander],
      state: 'active',
      version: 1,
    },
  });
const ruleIn =
  (unitCode: string) =>
  (stage: AuthorizationStage): Call => ({
    body: {
      name: '某类',
      unitId: stage.unitId(unitCode),
      pattern: `${newId().slice(-8)}-{unit}-{yyyy}-{seq:4}`,
    },
  });
const changeRuleIn =
  (unitCode: string) =>
  async (stage: AuthorizationStage): Promise<Call> => ({
    params: { ruleId: await stage.seals.rule(unitCode) },
    body: { name: '某类', unitId: stage.unitId(unitCode), state: 'ended', version: 1 },
  });
const voidIn =
  (unitCode: string) =>
  async ({ seals }: AuthorizationStage): Promise<Call> => ({
    params: { numberId: await seals.number(unitCode) },
    body: { version: 1, words: '合同不签了' },
  });
const inBoth = (call: (unitCode: string) => Place['call']): Readonly<Record<string, Place>> => {
  const [own, other] = [call('D20'), call('D05')];
  return {
    own: { who: D20, ...(own && { call: own }) },
    other: { who: CHIEFS, ...(other && { call: other }) },
  };
};

export const sealPlaces: Readonly<Record<string, Readonly<Record<string, Place>>>> = {
  'get /api/seals/own': members,
  'get /api/seals/uses': { any: { who: D20 } },
  'get /api/seals/ledger/export': { any: { who: D20 } },
  'get /api/seals/uses/:useId': {
    mine: { who: 'members', call: ofUse('applicant') },
    kept: { who: 'members', call: ofUse('keeper') },
    managed: { who: D20, call: ofUse('none') },
    foreign: { who: CHIEFS, call: ofUse('none', undefined, 'D05') },
  },
  // There is no such photo: 404 for whoever sees the use too. Who sees one is held by test/flows/seals.test.ts.
  'get /api/seals/uses/:useId/files/:fileId': { any: { who: NOBODY, call: photoOf } },
  'post /api/seals/uses/:useId/act': {
    // Nobody records their own, whatever else they are.
    mine: { who: NOBODY, call: ofUse('applicant', VOID) },
    kept: { who: 'members', call: ofUse('keeper', VOID) },
    managed: { who: NOBODY, call: ofUse('none', VOID) },
  },
  'get /api/seals/seals': { any: { who: D20 } },
  'post /api/seals/seals': inBoth(sealIn),
  'put /api/seals/seals/:sealId': inBoth(changeIn),
  'get /api/seals/numbers': {
    any: { who: D20 },
    mine: { who: 'members', call: () => ({ query: '?box=mine' }) },
  },
  'get /api/seals/numbers/export': { any: { who: D20 } },
  'post /api/seals/numbers/:numberId/void': inBoth(voidIn),
  'get /api/seals/rules': { any: { who: D20 } },
  'post /api/seals/rules': inBoth(ruleIn),
  'put /api/seals/rules/:ruleId': inBoth(changeRuleIn),
};
