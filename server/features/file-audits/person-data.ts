import type { Vault } from '../../platform/vault/index.ts';
import { momentWords, sectionOfRows, type PersonDataSection } from '../access/index.ts';
import type { Field, Stage, Verdict } from './contract.ts';
import { inOrder, labelOf } from './fields.ts';
import { notesOf } from './store.ts';
import { STAGE_WORDS, VERDICT_WORDS } from './words.ts';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly stage: Stage;
  readonly openedAt: string | number;
  readonly judgedAt: string | number | null;
  readonly saidWrong: string | null;
  readonly verdicts: string;
  readonly notesSealed: string | null;
}

/** What audits found in a person's file, with the words it was said in (个保法 45). */
export const fileAuditsPersonData = (vault: Pick<Vault, 'seal' | 'open'>): PersonDataSection =>
  sectionOfRows<Row>({
    title: '档案审核',
    columns: ['计划', '列入', '环节', '本人说有误', '审核结果', '审核时间'],
    sql: `select f.id, p.title, f.stage, f.openedAt, f.judgedAt, f.saidWrong, f.verdicts, f.notesSealed
      from file_audit_file f join file_audit_plan p on p.id = f.planId
      where f.personId = ? and f.id > ? order by f.id limit ?`,
    cells: ({ title, stage, openedAt, judgedAt, saidWrong, verdicts, notesSealed }) => [
      title,
      momentWords(openedAt),
      STAGE_WORDS[stage],
      saidWrong === null ? '' : (JSON.parse(saidWrong) as Field[]).map(labelOf).join('、'),
      verdictWords(
        JSON.parse(verdicts) as Partial<Record<Field, Verdict>>,
        notesOf({ vault }, { notesSealed }).verdicts,
      ),
      momentWords(judgedAt),
    ],
  });

function verdictWords(
  verdicts: Partial<Record<Field, Verdict>>,
  notes: Readonly<Partial<Record<Field, string>>>,
): string {
  return inOrder(Object.keys(verdicts) as Field[])
    .map((field) => {
      const verdict = verdicts[field];
      const note = notes[field];
      return `${labelOf(field)}：${verdict ? VERDICT_WORDS[verdict] : ''}${note === undefined ? '' : `（${note}）`}`;
    })
    .join('；');
}
