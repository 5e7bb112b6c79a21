/** Who a rule asks, in the words of a designer: "本部门负责人", "党政办公室负责人", "财务处长（角色）". */
import type { RuleSpec } from '../template/assignee.ts';

export interface Names {
  readonly person: (personId: string) => string;
  readonly unit: (code: string) => string;
  readonly role: (code: string) => string;
  /** Label of a field. */
  readonly field: (key: string) => string;
}

export function ruleWords(rule: RuleSpec, names: Names): string {
  switch (rule.rule) {
    case 'unitHead': {
      const whose = rule.of === 'department' ? '部门' : '所在单位';
      return rule.level === 1 ? `${whose}负责人` : `${whose}往上第 ${String(rule.level - 1)} 级负责人`;
    }
    case 'headOfUnit':
      return `${names.unit(rule.unit)}负责人`;
    case 'managerChain':
      return `逐级负责人，到第 ${String(rule.upTo)} 级`;
    case 'roleInScope':
      return `${names.role(rule.role)}${rule.scope === 'unit' ? '（按单位）' : ''}`;
    case 'named':
      return `指定人：${rule.personIds.map((id) => names.person(id)).join('、')}`;
    case 'applicantChoice':
      return rule.min === rule.max
        ? `申请人选 ${String(rule.min)} 人`
        : `申请人选 ${String(rule.min)} 到 ${String(rule.max)} 人`;
    case 'choiceHead':
      return `“${names.field(rule.field)}”的管理单位负责人`;
  }
}
