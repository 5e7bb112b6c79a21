import { vi } from 'vitest';

/** A pretended upload: remembers the form, answers when told to. */
export function fakeUpload(status: number, body: unknown): { forms: FormData[]; answer: () => void } {
  const forms: FormData[] = [];
  const waiting: (() => void)[] = [];
  class FakeRequest extends EventTarget {
    readonly upload = new EventTarget();
    readonly status = status;
    readonly responseText = JSON.stringify(body);
    open(): void {}
    setRequestHeader(): void {}
    abort(): void {}
    send(form: FormData): void {
      forms.push(form);
      waiting.push(() => this.dispatchEvent(new Event('load')));
    }
  }
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  return { forms, answer: () => waiting.splice(0).forEach((tell) => tell()) };
}
