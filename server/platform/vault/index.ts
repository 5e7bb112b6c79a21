export { createVault, type Vault, type VaultKeys } from './vault.ts';
export { VaultError } from './vault-error.ts';
export { maskIdNumber, maskMobile } from '../../kernel/masking.ts';
