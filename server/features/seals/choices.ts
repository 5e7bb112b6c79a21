/** What forms of approvals can choose from here. Pure reads; who approves follows from the thing's managing unit. */
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { ChoiceOption, ChoiceSource } from '../approvals/index.ts';
import { NumberTable, RuleTable, SealTable, type SealRow } from './tables.ts';

const MOST = 200;

const optionOf = ({ id, name, unitId, place }: SealRow): ChoiceOption => ({
  value: id,
  label: name,
  note: place,
  unitId,
});

async function sealsWhere(
  { em }: Reads,
  where: Partial<Pick<SealRow, 'kind' | 'mayGoOut'>>,
): Promise<SealRow[]> {
  return em.getRepository(SealTable).find({
    where: { ...where, state: 'active' },
    order: { code: 'asc' },
    take: MOST,
  });
}

/** By the source's name in a template. */
export const SEAL_CHOICES: Readonly<Record<string, ChoiceSource>> = {
  seals: async (reads) =>
    (await sealsWhere(reads, {})).filter(({ kind }) => kind !== 'contract').map(optionOf),
  sealsThatGoOut: async (reads) => (await sealsWhere(reads, { mayGoOut: true })).map(optionOf),
  contractSeals: async (reads) => (await sealsWhere(reads, { kind: 'contract' })).map(optionOf),
  contractRules: async ({ em }) => {
    const rules = await em
      .getRepository(RuleTable)
      .find({ where: { state: 'active' }, order: { id: 'asc' }, take: MOST });
    return rules.map(({ id, name, unitId }) => ({ value: id, label: name, note: '', unitId }));
  },
  /** One's own: who drew the number asks for the seal. */
  contractNumbers: async ({ em }, personId) => {
    const numbers = await em.getRepository(NumberTable).find({
      where: { applicantId: personId, state: 'active' },
      order: { id: 'desc' },
      take: MOST,
    });
    return numbers.map(({ id, number, title }) => ({ value: id, label: number, note: title, unitId: null }));
  },
};
