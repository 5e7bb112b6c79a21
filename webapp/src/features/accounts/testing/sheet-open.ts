import { settle } from '../../../testing/mount.ts';

/** Sheets are loaded when they are asked for: waits until one is there, however slow the machine is. */
export async function sheetOpen(): Promise<HTMLElement> {
  for (let tries = 0; tries < 2000; tries += 1) {
    const sheet = document.querySelector<HTMLElement>('dialog');
    if (sheet) return sheet;
    await settle(1);
  }
  throw new Error(`no sheet in: ${document.body.textContent}`);
}
