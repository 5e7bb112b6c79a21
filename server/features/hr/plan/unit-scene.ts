import type { KnownUnit } from '../model.ts';
import { isActive } from './unit-goals.ts';
import { slotOf } from './unit-tree.ts';

export interface Place {
  readonly parentCode: string;
  readonly name: string;
}

/** The tree as it is at one moment of the plan. */
export interface Scene {
  readonly places: Map<string, Place>;
  readonly bySlot: Map<string, string>;
  readonly children: Map<string, Set<string>>;
}

export function sceneOf(known: readonly KnownUnit[], rootCode: string): Scene {
  const scene: Scene = { places: new Map(), bySlot: new Map(), children: new Map() };
  for (const unit of known) {
    if (!isActive(unit) || unit.code === rootCode) continue;
    put(scene, unit.code, { parentCode: unit.parentCode ?? rootCode, name: unit.name });
  }
  return scene;
}

/** A unit comes to a place, and leaves the one it had. */
export function put(scene: Scene, code: string, place: Place): void {
  const before = scene.places.get(code);
  if (before) {
    const slot = slotOf(before.parentCode, before.name);
    if (scene.bySlot.get(slot) === code) scene.bySlot.delete(slot);
    scene.children.get(before.parentCode)?.delete(code);
  }
  scene.places.set(code, place);
  scene.bySlot.set(slotOf(place.parentCode, place.name), code);
  const siblings = scene.children.get(place.parentCode);
  if (siblings) siblings.add(code);
  else scene.children.set(place.parentCode, new Set([code]));
}

const MAX_NAME = 64;

/** A name nobody has there, for a unit that must give its own up. */
export function asideOf(code: string, { parentCode, name }: Place, leaves: boolean, scene: Scene): Place {
  for (let n = 0; ; n += 1) {
    const mark = `（${leaves ? '待撤销' : '调整中'} ${code}${n === 0 ? '' : `-${n}`}）`;
    const aside = { parentCode, name: `${name.slice(0, Math.max(1, MAX_NAME - mark.length))}${mark}` };
    if (!scene.bySlot.has(slotOf(parentCode, aside.name))) return aside;
  }
}
