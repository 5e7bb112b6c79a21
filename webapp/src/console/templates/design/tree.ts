/** A draft as a tree of steps and branches, and the changes a designer makes to it. Nothing here changes what it is given. */
import type { Content } from './api.ts';

export type Part = Readonly<Record<string, unknown>>;
export type Field = Content['fields'][number];
export type Node = Content['steps'][number];
export interface Branch extends Part {
  readonly key: string;
  readonly title: string;
  readonly when?: unknown;
  readonly steps: Node[];
}

/** Where a step stands: the branch it lies in, as group/branch keys from outside in, and its place there. */
export interface Lane {
  readonly group: string;
  readonly branch: string;
}

export const branchesOf = (node: Node): Branch[] =>
  Array.isArray(node['branches']) ? (node['branches'] as Branch[]) : [];
export const isGroup = (node: Node): boolean => node.kind === 'branches';

export const nodesOf = (nodes: readonly Node[]): Node[] =>
  nodes.flatMap((node) => [node, ...branchesOf(node).flatMap(({ steps }) => nodesOf(steps))]);

export const nodeOf = (content: Content, key: string): Node | null =>
  nodesOf(content.steps).find((node) => node.key === key) ?? null;

type Change = (lane: readonly Node[]) => Node[];

/** Every lane changed, inner ones first. */
function everyLane(nodes: readonly Node[], change: Change): Node[] {
  const inside = nodes.map((node) =>
    branchesOf(node).length === 0
      ? node
      : {
          ...node,
          branches: branchesOf(node).map((branch) => ({ ...branch, steps: everyLane(branch.steps, change) })),
        },
  );
  return change(inside);
}

export const withNode = (content: Content, key: string, changed: Node): Content => ({
  ...content,
  steps: everyLane(content.steps, (lane) => lane.map((node) => (node.key === key ? changed : node))),
});

export const withoutNode = (content: Content, key: string): Content => ({
  ...content,
  steps: everyLane(content.steps, (lane) => lane.filter((node) => node.key !== key)),
});

/** @param lane null: the main line */
export function insertNode(content: Content, lane: Lane | null, at: number, node: Node): Content {
  const put = (nodes: readonly Node[]): Node[] => [...nodes.slice(0, at), node, ...nodes.slice(at)];
  if (lane === null) return { ...content, steps: put(content.steps) };
  const inGroup = (nodes: readonly Node[]): Node[] =>
    nodes.map((one) =>
      branchesOf(one).length === 0
        ? one
        : {
            ...one,
            branches: branchesOf(one).map((branch) => ({
              ...branch,
              steps:
                one.key === lane.group && branch.key === lane.branch
                  ? put(branch.steps)
                  : inGroup(branch.steps),
            })),
          },
    );
  return { ...content, steps: inGroup(content.steps) };
}

const swapped = <T>(items: readonly T[], from: number, to: number): T[] => {
  const moved = [...items];
  const [one] = moved.splice(from, 1);
  if (one !== undefined && to >= 0 && to < items.length) moved.splice(to, 0, one);
  else return [...items];
  return moved;
};

/** One place up (-1) or down (1) within its lane. */
export const moveNode = (content: Content, key: string, by: -1 | 1): Content => ({
  ...content,
  steps: everyLane(content.steps, (lane) => {
    const at = lane.findIndex((node) => node.key === key);
    return at === -1 ? [...lane] : swapped(lane, at, at + by);
  }),
});

export function moveField(content: Content, key: string, by: -1 | 1): Content {
  const at = content.fields.findIndex((field) => field.key === key);
  return { ...content, fields: swapped(content.fields, at, at + by) };
}

export const withField = (content: Content, key: string, changed: Field): Content => ({
  ...content,
  fields: content.fields.map((field) => (field.key === key ? changed : field)),
});

export const withoutField = (content: Content, key: string): Content => ({
  ...content,
  fields: content.fields.filter((field) => field.key !== key),
});

/** `step3`: the first that is not there yet. */
export function freeKey(stem: string, taken: readonly string[]): string {
  for (let n = 1; ; n += 1) if (!taken.includes(`${stem}${n}`)) return `${stem}${n}`;
}

const SEAT = {
  label: '部门负责人',
  by: { rule: 'unitHead', of: 'department', level: 1, take: 'first' },
  fallback: [],
};

export type NewKind = 'approve' | 'cc' | 'first' | 'all';

export function newNode(content: Content, kind: NewKind): Node {
  const taken = nodesOf(content.steps).map(({ key }) => key);
  const key = freeKey(kind === 'first' || kind === 'all' ? 'group' : 'step', taken);
  if (kind === 'cc') return { key, kind: 'cc', title: '抄送', assignees: [SEAT] };
  if (kind === 'approve')
    return {
      key,
      kind: 'approve',
      title: '新步骤',
      mode: 'any',
      refusal: 'FIRST_ACTION',
      allowWorkdays: 1,
      assignees: [SEAT],
    };
  const first = freeKey('step', taken);
  const second = freeKey('step', [...taken, first]);
  const inner = (title: string, n: number, stepKey: string) => ({
    key: `branch${n}`,
    title,
    steps: [{ ...newNode(content, 'approve'), key: stepKey }],
  });
  const titles = kind === 'first' ? ['条件一', '其余'] : ['分支一', '分支二'];
  const branches = titles.map((title, at) => inner(title, at + 1, at === 0 ? first : second));
  return { key, kind: 'branches', title: kind === 'first' ? '条件分支' : '并行分支', mode: kind, branches };
}

/** What conditions may ask of a field, by name and words; the server's `conditionKeysOf` decides (fields/controls.ts). */
export function conditionFields(content: Content): { key: string; label: string; field: Field | null }[] {
  const computed = Array.isArray(content['computed']) ? (content['computed'] as Part[]) : [];
  return [
    ...content.fields.flatMap((field) => keysOf(field)),
    ...computed.map((one) => ({ key: String(one['key']), label: String(one['label'] ?? ''), field: null })),
  ];
}

const ASKED_BY_NOBODY = [
  'halfDayRange',
  'attachment',
  'image',
  'explanation',
  'location',
  'signature',
  'phone',
  'idNumber',
];

function keysOf(field: Field): { key: string; label: string; field: Field | null }[] {
  if (ASKED_BY_NOBODY.includes(field.type)) return [];
  const parts = (name: string): Part[] => (Array.isArray(field[name]) ? (field[name] as Part[]) : []);
  if (field.type === 'table')
    return parts('columns')
      .filter(({ type }) => type === 'number' || type === 'money')
      .map((column) => ({
        key: `${field.key}.${String(column['key'])}`,
        label: `${field.label}的${String(column['label'])}合计`,
        field: null,
      }));
  if (field.type === 'multi')
    return parts('options').map((option) => ({
      key: `${field.key}.${String(option['value'])}`,
      label: `${field.label}选了${String(option['label'])}`,
      field,
    }));
  return [{ key: field.key, label: field.label, field }];
}

/** Fields that a condition anywhere in this part asks. */
export function fieldsAsked(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(fieldsAsked);
  if (typeof part !== 'object' || part === null) return [];
  const { field, op } = part as Part;
  const own = typeof field === 'string' && typeof op === 'string' ? [field.split('.')[0] ?? field] : [];
  return [...own, ...Object.values(part as Part).flatMap(fieldsAsked)];
}
