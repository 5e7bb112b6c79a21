/** Words of error codes. `{name}` blanks are filled from the error's data. */
export type Phrases = Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
