import type { Letter, RequestAnswer } from '../shapes.ts';
import { filledFrom } from '../form/filled.ts';
import { namesOf, noLetter, textOf, valuesOf, type FormValue } from '../form/values.ts';
import type { NewcomerOptions, ReportNewcomer } from './api.ts';

type Typed = ReportNewcomer['newcomer'];

/** What is on the screen. Nothing of it is kept on the device: it holds somebody's identity number. */
export interface NewcomerDraft {
  name: string;
  idType: Typed['idType'];
  idNumber: string;
  mobile: string;
  sex: Typed['sex'];
  title: string;
  personCategory: Typed['personCategory'];
  /** Asked only of who is outside the establishment. */
  employment: 'employee' | 'outsourced';
  /** The opening's own form. */
  values: Record<string, FormValue>;
  systems: string[];
  letter: Letter;
}

const byDefault = ({ systems }: NewcomerOptions): string[] =>
  systems.filter((system) => system.byDefault).map(({ code }) => code);

/** Sensible defaults: a member of the establishment, on duty today, in the own unit. */
export const freshDraft = (options: NewcomerOptions): NewcomerDraft => ({
  name: '',
  idType: 'residentId',
  idNumber: '',
  mobile: '',
  sex: null,
  title: '',
  personCategory: 'internal',
  employment: 'employee',
  values: { reportOn: options.today, category: 'established' },
  systems: byDefault(options),
  letter: noLetter(),
});

/** What came back to be completed. The numbers stay with the server. */
export function draftOf(request: RequestAnswer, options: NewcomerOptions): NewcomerDraft {
  const draft = freshDraft(options);
  const { newcomer, filled, senders } = request;
  if (!newcomer) return draft;
  const { name, sex, title, personCategory, establishment } = newcomer;
  const values = { ...valuesOf(filled) };
  const letter = senders[0]?.letter;
  return {
    ...draft,
    name,
    sex,
    title,
    personCategory,
    idType: newcomer.idType ?? draft.idType,
    employment: establishment === 'outsourced' ? 'outsourced' : 'employee',
    values,
    systems: values['systems'] ? namesOf(values['systems']) : draft.systems,
    letter: letter ? { ...letter } : draft.letter,
  };
}

const ESTABLISHMENTS: Readonly<Record<string, Typed['establishment']>> = {
  established: 'established',
  transferred: 'established',
  attached: 'attached',
  seconded: 'seconded',
  other: 'other',
};

/** `isAgain`: an empty number is the one the server has. */
export function reportOf(draft: NewcomerDraft, options: NewcomerOptions, isAgain: boolean): ReportNewcomer {
  const { name, idType, sex, title, personCategory, employment, letter } = draft;
  const category = textOf(draft.values['category']);
  const typed = (text: string) => (isAgain && text.trim() === '' ? null : text.trim());
  const { form } = filledFrom('open', draft.values);
  const asksSystems = category === 'nonEstablished';
  const usual = byDefault(options);
  const isUsual =
    usual.length === draft.systems.length && usual.every((code) => draft.systems.includes(code));
  return {
    newcomer: {
      name: name.trim(),
      idType,
      idNumber: typed(draft.idNumber),
      mobile: typed(draft.mobile),
      // A resident's number says it.
      sex: idType === 'residentId' ? null : sex,
      title: title.trim(),
      personCategory,
      establishment: asksSystems ? employment : (ESTABLISHMENTS[category] ?? null),
    },
    form: { ...form, ...(!asksSystems && !isUsual && { systems: draft.systems }) },
    letter,
  };
}
