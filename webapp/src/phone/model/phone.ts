/** Who holds this phone and what it shows; the address is the only memory of it. */
import { computed, reactive } from 'vue';
import { readPlace, writePlace, type Place, type Screen } from './place.ts';
import { memberOf, messagesOf, sandbox } from './sandbox.ts';
import { castOf, progressOf, ringOf, stepFor } from '../story/progress.ts';

export const place = reactive<Place>(readPlace(location.search));

/** How many entries of the browser's history are ours, so that back never leaves the page by accident. */
const depthOf = (state: unknown): number =>
  typeof state === 'object' && state !== null && 'depth' in state && typeof state.depth === 'number'
    ? state.depth
    : 0;

const set = (next: Place): void => {
  place.member = next.member;
  place.screen = next.screen;
};

export function go(screen: Screen): void {
  set({ member: place.member, screen });
  history.pushState({ depth: depthOf(history.state) + 1 }, '', writePlace(place));
}

/** Up one level: through the browser's history where we came from there, else to the list above. */
export function goBack(fallback: Screen): void {
  if (depthOf(history.state) > 0) history.back();
  else replace(fallback);
}

export function replace(screen: Screen): void {
  set({ member: place.member, screen });
  history.replaceState(history.state, '', writePlace(place));
}

/** Hands the phone to somebody else; a page of the app is closed, since it belongs to the one before. */
export function pick(userid: string, screen?: Screen): void {
  const kept: Screen = place.screen.name === 'h5' ? { name: 'chats' } : place.screen;
  set({ member: userid, screen: screen ?? kept });
  history.replaceState(history.state, '', writePlace(place));
}

window.addEventListener('popstate', () => {
  const before = place.member;
  const next = readPlace(location.search);
  set({ member: next.member ?? before, screen: next.screen });
});

export const member = computed(() => memberOf(place.member));

export const progress = computed(() => (sandbox.story ? progressOf(sandbox.story, messagesOf) : null));

/** The step to show: the one this person can take, else the story's next. */
export const currentStep = computed(() => {
  const { story } = sandbox;
  if (!story || !progress.value) return null;
  return stepFor(story, progress.value, place.member, place.member === null ? [] : messagesOf(place.member));
});

export const ring = computed(() =>
  currentStep.value && place.member !== null
    ? ringOf(currentStep.value, place.member, messagesOf(place.member))
    : null,
);

/** Whose phone to show when the address names nobody. */
export function firstMember(): string | null {
  const step = currentStep.value ?? sandbox.story?.steps[0];
  if (step && memberOf(step.userid)) return step.userid;
  const members = sandbox.state?.members ?? [];
  const best = members.find((one) => one.unread > 0) ?? members.find((one) => one.inScope) ?? members[0];
  return best?.userid ?? null;
}

export const cast = computed(() => (sandbox.story ? castOf(sandbox.story) : []));
