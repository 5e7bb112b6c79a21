import { accessSync, constants } from 'node:fs';

/** The Chromium of the browser stories: `CHROMIUM`, or Debian's. Null when there is none that can be run. */
export function chromiumPath(): string | null {
  const path = process.env.CHROMIUM ?? '/usr/bin/chromium';
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return null;
  }
}
