import { createS3Store, type S3Settings } from '../../server/platform/files/index.ts';
import { fault, fine, type Finding } from './finding.ts';

/** Asks for an object that is not there: a 404 shows that address, bucket and keys are right. */
export async function checkFileStore(settings: S3Settings): Promise<Finding> {
  const where = `File store ${settings.endpoint}, bucket ${settings.bucket}`;
  try {
    await createS3Store(settings).has('0'.repeat(64));
    return fine(`${where}: reached, keys accepted`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fault(
      `${where}: ${reason}`,
      'S3_ENDPOINT, S3_BUCKET and the keys; may these keys read the bucket?',
    );
  }
}
