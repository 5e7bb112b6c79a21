import { onBeforeUnmount, ref, type Ref } from 'vue';
import { asFailure } from '../../../api/failure.ts';
import { upload } from '../../../api/http.ts';
import type { FileBrief, GivenSignature } from '../../../api/shapes.ts';
import { w } from './words.ts';

interface Pad {
  taken: () => Promise<{ blob: Blob; how: 'drawn' | 'typed' } | null>;
}
export interface Signing {
  fault: Ref<string>;
  sending: Ref<boolean>;
  /** Uploads what is on the pad; null with the reason in `fault`. */
  give: () => Promise<{ signature: GivenSignature; blob: Blob } | null>;
}

/** No earlier signature is offered: each one is a picture that was just made. */
export function useSignature(pad: Ref<Pad | undefined>): Signing {
  const fault = ref('');
  const sending = ref(false);
  const left = new AbortController();
  onBeforeUnmount(() => left.abort());

  async function sent(): Promise<{ signature: GivenSignature; blob: Blob } | null> {
    const made = await pad.value?.taken();
    if (!made) {
      fault.value = w.empty;
      return null;
    }
    const quiet = (): void => undefined;
    const file = await upload<FileBrief>('/api/files', made.blob, 'signature.png', quiet, left.signal);
    return { signature: { fileId: file.fileId, how: made.how }, blob: made.blob };
  }

  return {
    fault,
    sending,
    async give() {
      if (sending.value) return null;
      sending.value = true;
      try {
        return await sent();
      } catch (error) {
        fault.value = asFailure(error).message;
        return null;
      } finally {
        sending.value = false;
      }
    },
  };
}
