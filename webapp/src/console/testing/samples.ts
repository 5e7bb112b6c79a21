/** The samples of the shell and of HR together; each lies beside what it is a sample of. */
export * from '../hr/batch/testing.ts';
export * from '../hr/plan/testing.ts';
export * from '../hr/run/testing.ts';
export * from './shell.ts';
