import { h, type FunctionalComponent } from 'vue';
import { iconPath } from './icons.ts';

/** Vant's names for the few icons its components draw by themselves → ours. */
const names: Record<string, string> = {
  cross: 'x',
  clear: 'x',
  close: 'x',
  success: 'check',
  search: 'search',
  'arrow-left': 'left',
  'arrow-double-left': 'left',
  'arrow-double-right': 'right',
  arrow: 'right',
  'warning-o': 'info',
  fail: 'alert',
  photo: 'doc',
  'photo-fail': 'alert',
};

/** Takes the place of Vant's Icon inside Vant's own components, so that its icon font is never loaded. */
const VantIcon: FunctionalComponent<{ name?: string }> = (props, { attrs }) =>
  h('i', { ...attrs, class: ['van-icon', attrs.class] }, [
    h('svg', { class: 'ic', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, [
      h('path', { d: iconPath(names[props.name ?? ''] ?? 'x') }),
    ]),
  ]);
VantIcon.props = ['name', 'size', 'color', 'classPrefix', 'tag', 'badge', 'dot', 'badgeProps'];

// Vant imports it by both names.
export { VantIcon as Icon, VantIcon as default };
