/** A sealed value cannot be read. The message never holds the value. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
}
