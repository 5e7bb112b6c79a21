import type { Field, ReturnedFormAnswer } from '../../api/shapes.ts';
import { asList } from './form/values.ts';
import type { Draft } from './use-draft.ts';

/** What the form of a request that was sent back begins with. */
export function startOf(returned: ReturnedFormAnswer, fields: readonly Field[]): Partial<Draft> {
  const { assignmentId, form, chosen, people, files, names } = returned;
  const filesOf = (key: string) => {
    const ids = asList(form[key]);
    return files.filter((file) => ids.includes(file.fileId));
  };
  return {
    assignmentId,
    form,
    chosen,
    names,
    people: Object.fromEntries(people.map((person) => [person.personId, person])),
    files: Object.fromEntries(
      fields
        .filter(({ type }) => type === 'attachment' || type === 'image')
        .map(({ key }) => [key, filesOf(key)]),
    ),
  };
}
