export { createVault, VaultError, type Vault, type VaultKeys } from './vault.ts';
export { maskIdNumber, maskMobile } from './masking.ts';
