/** A request taken out of the house as one .zip, and requests of a period as one. */
import { z } from 'zod';

const Purpose = z.string().trim().min(2).max(100);

/** In the body, so that the purpose stands in no address (H9). */
export const PackageRequest = z.strictObject({ purpose: Purpose });
export type PackageRequest = z.infer<typeof PackageRequest>;
