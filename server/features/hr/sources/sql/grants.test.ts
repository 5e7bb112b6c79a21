import { describe, expect, it } from 'vitest';
import { writingRights } from './grants.ts';

describe('what an account may do besides reading', () => {
  it.each([
    [['GRANT USAGE ON *.* TO `r`@`%`', 'GRANT SELECT, SHOW VIEW ON `hr`.* TO `r`@`%`'], []],
    [['GRANT SELECT (`staff_no`, `name`) ON `hr`.`v_people` TO `r`@`%`'], []],
    [['GRANT SELECT, INSERT, UPDATE (`a`) ON `hr`.* TO `r`@`%`'], ['INSERT', 'UPDATE']],
    [['GRANT ALL PRIVILEGES ON *.* TO `r`@`%` WITH GRANT OPTION'], ['ALL PRIVILEGES', 'GRANT OPTION']],
    [['GRANT `writers`@`%` TO `r`@`%`'], ['ROLE writers@%']],
  ])('%j: %j', (grants, rights) => expect(writingRights(grants)).toEqual(rights));
});
