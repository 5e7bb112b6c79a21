import type { Delegation } from '../held-rights.ts';

/** Monday morning, the day of the pictures. */
export const NOW = Date.parse('2026-11-23T10:20:00+08:00');

/** A delegation in force: leave of internal staff, to manage. */
export const aDelegation = (more: Partial<Delegation> & Pick<Delegation, 'unitId'>): Delegation => ({
  delegationId: `delegation of ${more.unitId}`,
  personId: 'delegate',
  grantedBy: 'granter',
  duty: 'manage',
  modules: ['leave'],
  categories: ['internal'],
  sinceAt: NOW - 1000,
  untilAt: NOW + 1000,
  endedAt: null,
  ...more,
});
