import { ref } from 'vue';
import { problemWords, say } from '../model/acting.ts';
import { control } from '../model/control.ts';
import { place } from '../model/phone.ts';
import { sandbox } from '../model/sandbox.ts';
import { words } from '../words.ts';
import type { FaultButton } from './faults.ts';

/** Faults being set or stopped, by button or fault id. */
export const busyFault = ref<string | null>(null);

export async function setFault(button: FaultButton): Promise<void> {
  busyFault.value = button.id;
  try {
    await control.setFault(button.request(place.member));
    if (button.instant) say(words.faults.done(button.name));
  } catch (error) {
    say(problemWords(error));
  } finally {
    busyFault.value = null;
  }
}

/** null stops all of them. */
export async function stopFault(id: string | null): Promise<void> {
  busyFault.value = id;
  try {
    const { faults } = id === null ? await control.stopFaults() : await control.stopFault(id);
    if (sandbox.state) sandbox.state.faults = faults;
  } catch (error) {
    say(problemWords(error));
  } finally {
    busyFault.value = null;
  }
}
