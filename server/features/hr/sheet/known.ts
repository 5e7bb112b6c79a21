import type { Known, KnownPerson, KnownUnit } from '../model.ts';

/** What is stored, as far as reading needs it; a `Known` fits. */
export interface KnownForReading extends Pick<Known, 'rootCode'> {
  readonly units: readonly Pick<KnownUnit, 'code' | 'name' | 'parentCode' | 'state'>[];
  readonly people: readonly (Pick<KnownPerson, 'staffNo' | 'name' | 'email'> & {
    /** Only whether there is one. */
    readonly mobile: object | string | null;
  })[];
}
