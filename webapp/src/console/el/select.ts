import 'element-plus/theme-chalk/el-scrollbar.css';
import 'element-plus/theme-chalk/el-popper.css';
import 'element-plus/theme-chalk/el-tag.css';
import 'element-plus/theme-chalk/el-select-dropdown.css';
import 'element-plus/theme-chalk/el-option.css';
import 'element-plus/theme-chalk/el-select.css';
import { ElOption as Option, ElSelect as Select } from 'element-plus/es/components/select/index.mjs';
import type { AllowedComponentProps, VNode, VNodeProps } from 'vue';

/** Element Plus declares these props in a way that exact optional types cannot read; here are those in use. */
export interface SelectProps {
  id?: string | undefined;
  modelValue: string | null;
  'onUpdate:modelValue'?: (value: string | null) => unknown;
  onChange?: (value: string | null) => unknown;
  placeholder?: string;
  size?: 'small' | 'default';
  disabled?: boolean;
  clearable?: boolean;
  /** Null, so that "nothing" is the same before and after. */
  valueOnClear?: null;
  filterable?: boolean;
  remote?: boolean;
  remoteMethod?: (query: string) => void;
  loading?: boolean;
  loadingText?: string;
  noDataText?: string;
  showArrow?: boolean;
}
type Part<Props> = new () => {
  $props: Props & VNodeProps & AllowedComponentProps;
  $slots: { default?: () => VNode[] };
};

export const ElSelect = Select as unknown as Part<SelectProps>;
export const ElOption = Option as unknown as Part<{ value: string; label: string }>;
