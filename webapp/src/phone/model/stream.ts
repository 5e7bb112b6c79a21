import type { SandboxEvent } from '../../../../server/sandbox/contract.ts';

const types: SandboxEvent['type'][] = [
  'hello',
  'message',
  'message_changed',
  'act',
  'entry',
  'entry_changed',
  'directory',
  'app',
  'workbench',
  'clock',
  'faults',
  'reset',
];

/** After a refused stream; a dropped one the browser opens again by itself. */
const AGAIN_MS = 2000;

/** Listens until the page is gone. `onLost` may be told several times in a row. */
export function openStream(onEvent: (event: SandboxEvent) => void, onLost: () => void): void {
  const source = new EventSource('/sandbox/events');
  for (const type of types) {
    source.addEventListener(type, (event) => onEvent(JSON.parse(String(event.data)) as SandboxEvent));
  }
  source.addEventListener('error', () => {
    onLost();
    if (source.readyState === EventSource.CLOSED) setTimeout(() => openStream(onEvent, onLost), AGAIN_MS);
  });
}
