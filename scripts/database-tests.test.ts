import { describe, expect, it } from 'vitest';
import { databaseTests } from './database-tests.ts';

describe('tests that are run on MariaDB as well', () => {
  const found = databaseTests(['server', 'scripts', 'test']);

  it('are those that open a database, by whatever way', () => {
    expect(found).toEqual(
      expect.arrayContaining([
        'server/platform/db/database.test.ts',
        'server/features/hr/sources/sql/read-sql.test.ts',
        'server/features/directory/push.test.ts',
        'test/flows/two-instances.test.ts',
        'test/flows/approval-rules.test.ts',
        'test/contract/authorization-matrix.test.ts',
      ]),
    );
  });

  it('are not rules, which know no database', () => {
    expect(found).not.toContain('server/features/approvals/engine/engine.property.test.ts');
    expect(found).not.toContain('test/conformance/workdays.test.ts');
    expect(found).not.toContain('server/wecom/errors.test.ts');
  });

  it('are every story', () => {
    expect(found.filter((file) => file.startsWith('test/flows/')).length).toBeGreaterThan(60);
  });
});
