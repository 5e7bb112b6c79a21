/** One thing that can be set, as data: the designer's forms are drawn from tables of these. */
import type { Around, Content } from '../api.ts';

export type Choice = readonly [value: string, label: string];

export interface SettingContext {
  readonly around: Around | null;
  readonly content: Content;
}

type Choices = readonly Choice[] | ((context: SettingContext) => readonly Choice[]);

export type Setting =
  | {
      readonly kind: 'text' | 'area' | 'number' | 'flag' | 'lines';
      readonly prop: string;
      readonly label: string;
    }
  | {
      readonly kind: 'choice';
      readonly prop: string;
      readonly label: string;
      readonly of: Choices;
      readonly may?: true;
    }
  | { readonly kind: 'many'; readonly prop: string; readonly label: string; readonly of: Choices }
  | {
      readonly kind: 'rows';
      readonly prop: string;
      readonly label: string;
      readonly of: readonly Setting[];
      readonly fresh: (count: number) => object;
    }
  | {
      readonly kind: 'required' | 'when' | 'rule' | 'rules' | 'people' | 'rights' | 'after' | 'needed';
      readonly prop: string;
      readonly label: string;
    };

export const text = (prop: string, label: string): Setting => ({ kind: 'text', prop, label });

export const number = (prop: string, label: string): Setting => ({ kind: 'number', prop, label });

export const flag = (prop: string, label: string): Setting => ({ kind: 'flag', prop, label });

export const choice = (prop: string, label: string, of: Choices): Setting => ({
  kind: 'choice',
  prop,
  label,
  of,
});

export const may = (prop: string, label: string, of: Choices): Setting => ({
  kind: 'choice',
  prop,
  label,
  of,
  may: true,
});

export const FROM = [
  ['school', '全院'],
  ['unit', '本单位'],
] as const;

export const fieldsOf =
  (...types: readonly string[]) =>
  ({ content }: SettingContext): Choice[] =>
    content.fields.filter(({ type }) => types.includes(type)).map(({ key, label }) => [key, label]);
