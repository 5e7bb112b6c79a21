/** Who is holding the phone and what it shows, as the address says: two windows can be two people. */
export type Screen =
  | { name: 'chats' }
  | { name: 'chat'; chatId: string }
  | { name: 'workbench' }
  | { name: 'contacts'; departmentId: number | null }
  | { name: 'me' }
  | { name: 'native' }
  /** `to` null = the app's home. */
  | { name: 'h5'; to: string | null };

export interface Place {
  member: string | null;
  screen: Screen;
}

const nothing: Screen = { name: 'chats' };

function screenOf(query: URLSearchParams): Screen {
  switch (query.get('screen')) {
    case 'chat': {
      const chatId = query.get('chat');
      return chatId ? { name: 'chat', chatId } : nothing;
    }
    case 'workbench':
      return { name: 'workbench' };
    case 'contacts': {
      const id = Number(query.get('department') ?? '');
      return { name: 'contacts', departmentId: Number.isInteger(id) && id > 0 ? id : null };
    }
    case 'me':
      return { name: 'me' };
    case 'native':
      return { name: 'native' };
    case 'h5':
      return { name: 'h5', to: query.get('to') };
    default:
      return nothing;
  }
}

export function readPlace(search: string): Place {
  const query = new URLSearchParams(search);
  return { member: query.get('member') || null, screen: screenOf(query) };
}

export function writePlace({ member, screen }: Place): string {
  const query = new URLSearchParams();
  if (member !== null) query.set('member', member);
  query.set('screen', screen.name);
  if (screen.name === 'chat') query.set('chat', screen.chatId);
  if (screen.name === 'contacts' && screen.departmentId !== null) {
    query.set('department', String(screen.departmentId));
  }
  if (screen.name === 'h5' && screen.to !== null) query.set('to', screen.to);
  return `?${query.toString()}`;
}
