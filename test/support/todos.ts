import type { Todo, TodosAnswer } from '../../server/features/portal/contract.ts';
import type { Client } from './client.ts';

/** What rooms besides approvals ask somebody for, as the first page of the to-do list has it; `text`: title and due label. */
export async function todosOf(client: Client): Promise<(Todo & { readonly text: string })[]> {
  const { items } = await client.get<TodosAnswer>('/api/todos');
  return items.map((one) => ({ ...one, text: [one.title, one.due.words].filter(Boolean).join('，') }));
}
