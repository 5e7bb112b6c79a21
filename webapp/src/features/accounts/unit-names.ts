import { get } from '../../api/http.ts';
import type { UnitsPage } from '../../api/shapes.ts';
import { FIELDS } from './form/fields.ts';
import { textOf, valuesOf } from './form/values.ts';
import type { RequestAnswer } from './shapes.ts';

/** Names of the units a form holds by id: the senders' come with the request, the others are looked up. */
export async function unitNamesOf(
  { kind, filled, senders }: RequestAnswer,
  signal?: AbortSignal,
): Promise<Record<string, string>> {
  const values = valuesOf(filled);
  const names = Object.fromEntries(senders.map(({ unitId, unitName }) => [unitId, unitName]));
  const wanted = FIELDS[kind].flatMap(({ key, type }) => (type === 'unit' ? [textOf(values[key])] : []));
  const unknown = [...new Set(wanted)].filter((unitId) => unitId !== '' && names[unitId] === undefined);
  const found = await Promise.all(
    unknown.map(async (parentId) => {
      const page = await get<UnitsPage>('/api/directory/units', { parentId }, signal).catch(() => null);
      return [parentId, page?.unit.name ?? ''] as const;
    }),
  );
  return { ...names, ...Object.fromEntries(found) };
}
