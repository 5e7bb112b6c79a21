import type { AssigneeRule } from '../template/assignee.ts';
import { choiceUnit } from '../form/choice.ts';
import { unitChain } from '../model/org.ts';
import { asHead, headsFor, nobody, oneLevelUp } from './rules.ts';

/** S2-A11i: the head of the unit that manages what was chosen; whoever heads it themselves is decided on one level up (R17). */
export const choiceHead: AssigneeRule<'choiceHead'> = {
  code: 'choiceHead',
  title: '所选事项的管理单位负责人',
  resolve(args, label, ctx) {
    const unitId = choiceUnit(ctx.values, args.field);
    if (unitId === null) return nobody(`还没有选好由哪个单位管理，找不到${label}`);
    const units = unitChain(ctx.org, unitId);
    const unit = units[0];
    if (unit === undefined) return nobody(`管理单位已撤销，找不到${label}`);
    const { heads, outranked } = headsFor(unit, ctx);
    const first = heads[0];
    if (first !== undefined) return { people: [asHead(first, unit, ctx.org)], missing: null };
    return outranked ? oneLevelUp(units[1], label, ctx) : nobody(`${unit.name}没有可审批的负责人`);
  },
};
