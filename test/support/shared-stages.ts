import { rmSync } from 'node:fs';
import { setsFolder } from './stage.ts';

/** Stages are shared by the files of one run and gone with it. */
export const teardown = (): void => rmSync(setsFolder(), { recursive: true, force: true });
