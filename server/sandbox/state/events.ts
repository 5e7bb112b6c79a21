import type { SandboxEvent } from '../contract.ts';

export interface EventBus {
  emit(event: SandboxEvent): void;
  /** Returns the function that stops listening. */
  listen(listener: (event: SandboxEvent) => void): () => void;
  /** Emits `directory` soon; many changes in a row become one event. */
  directoryChanged(): void;
  close(): void;
}

const DIRECTORY_PAUSE_MS = 250;

export function createEventBus(): EventBus {
  const listeners = new Set<(event: SandboxEvent) => void>();
  let pending: NodeJS.Timeout | null = null;
  const emit = (event: SandboxEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const tellDirectory = (): void => {
    pending = null;
    emit({ type: 'directory' });
  };
  return {
    emit,
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    directoryChanged: () => {
      pending ??= setTimeout(tellDirectory, DIRECTORY_PAUSE_MS).unref();
    },
    close: () => {
      if (pending !== null) clearTimeout(pending);
      pending = null;
      listeners.clear();
    },
  };
}
