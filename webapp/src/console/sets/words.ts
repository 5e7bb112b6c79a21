/** Words of the pages of named sets and their tags; the rules of phrases.ts hold here too. */
import { num } from '../ui/num.ts';
import type { Rule, SetBrief, TagFinding } from './api.ts';

const categories = {
  internal: '院内',
  external: '院外服务',
  entrusted: '代管',
} as const satisfies Record<NonNullable<Rule['categories']>[number], string>;

const establishments = {
  established: '在编',
  employee: '雇员',
  outsourced: '外包',
  seconded: '借调',
  attached: '挂职',
  other: '其他',
} as const satisfies Record<NonNullable<Rule['establishments']>[number], string>;

export const w = {
  title: '名单与标签',
  sub: '按规则或逐个列出的人。每份在企业微信里是一个同名标签，人员一变，标签跟着变。',
  what: '名单',
  add: '新建…',
  categories,
  establishments,
  kinds: { rule: '按规则', list: '逐个列出' } as const satisfies Record<SetBrief['kind'], string>,
  columns: { name: '名称', kind: '方式', content: '内容', people: '人数', tag: '企业微信标签' },
  people: (n: number) => `${num(n)} 人`,
  listed: '逐个列出的人',
  standing: {
    equal: '一致',
    coming: '正在写',
    refused: '没写成',
    changed: '被人改过',
    off: '没有写',
  } as const satisfies Record<SetBrief['tag']['standing'], string>,
  coming: (joining: number, leaving: number) =>
    [joining > 0 && `还差 ${num(joining)} 人`, leaving > 0 && `还多 ${num(leaving)} 人`]
      .filter(Boolean)
      .join('，'),
  offLead: '不写标签',
  off: '没有配置“通讯录同步”的密钥，这里的名单不往企业微信写。',
  empty: '还没有名单',
  emptyText: '常发的对象（如全体中层、实验室安全员）建成名单，企业微信里就有同名标签，不用再手工维护。',
  rule: {
    everybody: '全体在册的人',
    inUnits: (names: readonly string[], below: boolean) => `${names.join('、')}${below ? '及下级' : ''}`,
    withTitles: (titles: readonly string[]) => `岗位 ${titles.join('、')}`,
    onlyHeads: '只算负责人',
    dissolved: (name: string) => `${name}（已撤销，没有人）`,
    goneUnit: '查不到的单位',
  },
  form: {
    create: '新建名单',
    change: '改规则',
    name: '名称',
    nameHint: '也是企业微信里标签的名字，最多 32 个字，不能和已有的标签重名。',
    kind: '方式',
    kindHints: {
      rule: '符合条件的人自动进出，不用维护。',
      list: '点名列出，最多 2,000 人。离职的人自动移出，再入职不会自己回来。',
    },
    where: '单位',
    anywhere: '不限单位',
    some: '这些单位',
    addUnit: '加单位',
    below: '下级单位里的人也算',
    noUnit: '至少选一个单位',
    drop: (name: string) => `去掉${name}`,
    categories: '人员类别',
    establishments: '编制',
    titles: '岗位名称',
    titlesHint: '和岗位名称一字不差才算，一次写一个，按回车加上。',
    addTitle: '加上',
    heads: '只算单位负责人',
    any: '一个都不选就是不限。',
    both: '条件之间是“并且”：同一个岗位要都符合。锁定的人仍在名单里，离职的人不在。',
    save: '建名单',
    saveRule: '保存规则',
    saved: (name: string) => `“${name}”建好了，标签几分钟内写到企业微信`,
    changed: '规则改好了，标签几分钟内跟上',
    same: '和原来一样，没有改动',
    confirm: (n: number) => `这样会动到 ${num(n)} 人`,
    confirmNew: (n: number) =>
      `企业微信里会多一个 ${num(n)} 人的标签，按标签发消息、设可见范围的人都看得到它。`,
    confirmChange: (joining: number, leaving: number) =>
      `进来 ${num(joining)} 人，出去 ${num(leaving)} 人。用这个标签设的可见范围和收件人随之改变；改回规则就能恢复。`,
    phraseNew: (n: number) => `建${n}人`,
    phraseChange: (n: number) => `改${n}人`,
  },
  preview: {
    title: '现在有谁',
    none: '这样选没有人',
    noneText: '标签会是空的。看看条件是不是互相排斥，或岗位名称写得不一样。',
    waiting: '选好单位就能看到有多少人。',
    people: (n: number) => `现在有 ${num(n)} 人`,
    more: (left: number) => `还有 ${num(left)} 人`,
    changes: (joining: number, leaving: number) =>
      joining + leaving === 0 ? '和原来的人一样' : `比原来进来 ${num(joining)} 人，出去 ${num(leaving)} 人`,
    what: '人数',
  },
  basket: {
    pick: '找人',
    paste: '粘贴工号',
    pasteHint: '一行一个，或用逗号、空格隔开，最多 2,000 个。',
    check: '核对工号',
    chosen: (n: number) => `已选 ${num(n)} 人`,
    none: '还没有选人',
    missing: (numbers: readonly string[]) =>
      `${num(numbers.length)} 个工号没有找到，或人已离开：${numbers.slice(0, 20).join('、')}${numbers.length > 20 ? ' 等' : ''}`,
    drop: (name: string) => `不要${name}`,
    clear: '全部去掉',
    more: (left: number) => `等，另有 ${num(left)} 人`,
  },
  page: {
    missing: '没有找到这份名单',
    missingText: '可能已删除。',
    toList: '回到名单与标签',
    definition: '规则',
    tag: '企业微信标签',
    tagName: '标签名',
    tagMembers: '标签里',
    tagAt: (time: string) => `${time} 最近写入`,
    notYet: '还没有写',
    readOnly:
      '最近写入或读到的人数。每天 02:40 和企业微信核对一次，有人改了成员时一两分钟内核对；被改的自动放回，改得太多的先等人定。',
    waiting: (n: number) => `${num(n)} 人还不是企业微信的成员，加入后自动进标签。`,
    again: '再写一次',
    told: '又排上了，一般一两分钟',
    changeRule: '改规则',
    rename: '改名…',
    remove: '删除…',
    people: '名单里的人',
    search: '姓名、拼音首字母、工号',
    columns: { name: '姓名', staffNo: '工号', unit: '部门', title: '岗位', tag: '标签里' },
    inTag: '在',
    notInTag: '还没有',
    notMember: '还不是成员',
    addPeople: '加人…',
    take: '移出',
    taken: (name: string) => `把${name}移出了`,
    undo: '撤回',
    back: (name: string) => `${name}又在名单里了`,
    none: '名单里没有人',
    noneRule: '现在没有人符合规则。',
    noneList: '还没有列人，或列的人都已离开。',
    noMatch: (q: string) => `名单里没有“${q}”`,
    noMatchText: '试试姓名、拼音首字母或工号。',
    addTitle: (name: string) => `往“${name}”里加人`,
    add: (n: number) => (n === 0 ? '加人' : `加 ${num(n)} 人`),
    added: (n: number) => `加了 ${num(n)} 人`,
    phraseAdd: (n: number) => `加${n}人`,
    renameTitle: '改名',
    renameLead: '企业微信里的标签跟着改名，人不变。',
    renameAct: '改名',
    renamed: '名称改好了',
    removeTitle: (name: string) => `删除“${name}”`,
    removeAct: (n: number) => (n === 0 ? '删除名单和标签' : `删除名单和 ${num(n)} 人的标签`),
    removeFacts: {
      tag: '企业微信里的标签',
      tagText: (n: number) => `删掉，里面 ${num(n)} 人不再有它`,
      noTag: '还没有写过，没有可删的',
      range: '用这个标签设的可见范围、收件人',
      rangeText: '失去这些人，要另选',
      people: '人、部门、账号',
      peopleText: '都不动',
      undo: '能不能撤回',
      undoRule: '不能。可以照原规则重建，标签是新的',
      undoList: '不能。名单要重新列',
    },
    phraseRemove: (n: number) => `删${n}人`,
    removed: (name: string) => `“${name}”删了，标签几分钟内从企业微信去掉`,
  },
  changes: {
    title: '企业微信里的改动',
    heads: ['改动', '时间', '谁改的', '处理'],
    compared: (time: string) => `${time} 核对过`,
    never: '还没有核对过，每天 02:40 核对一次',
    none: '没有人在企业微信里改过这个标签。',
    kinds: {
      takenOut: '移出',
      putIn: '放进',
      stranger: '放进这里不认识的成员',
      department: '放进部门',
      renamed: '改名为',
      deleted: '删了标签',
    } as const satisfies Record<TagFinding['kind'], string>,
    states: {
      open: '正在放回',
      held: '等人定',
      released: '正在放回',
      putBack: '已放回',
      gone: '已自己恢复',
    } as const satisfies Record<TagFinding['state'], string>,
    unknown: '不知道',
    before: (time: string) => `${time} 以前`,
    released: (name: string) => `${name}定的`,
    heldLead: (n: number) => `有 ${num(n)} 处改动等您定`,
    held: '一下子改得太多，或者一周里放回过三次又被改，所以没有自动放回。先弄清是谁、为什么改；该是这样就改名单，不该就放回。',
    ask: '放回…',
    askTitle: (name: string) => `把“${name}”的标签放回原样`,
    askLead:
      '先再读一次企业微信，还没恢复的按名单改回去：多的移出，少的加上。用这个标签设的可见范围和收件人随之改变。',
    act: (n: number) => `放回 ${num(n)} 处`,
    phrase: (n: number) => `放回${n}处`,
    done: '已排上，一两分钟内放回',
  },
  refused: {
    lead: '标签没写成',
    40071:
      '企业微信里已有同名标签，不是这里建的，所以没有动它。给这份名单改个名，或在管理后台删掉那个标签，再写一次。',
    40072: '企业微信不收这个名字。改短一些，去掉特殊符号。',
    40068: '企业微信里的标签已被人删掉，下次会重新建一个。',
    81011: '这个标签归管理后台或别的应用，“通讯录同步”的密钥改不了。在管理后台把它解锁或删掉，再写一次。',
    60011: '“通讯录同步”的密钥没有写标签的权限。请信息办在管理后台给它全部通讯录的编辑权，再写一次。',
    45009: '企业微信说写得太快。不用管，会自己再写。',
    people: (n: number) =>
      `${num(n)} 人不在“通讯录同步”密钥的可见范围里，没能进标签。请信息办把他们的部门加进范围，再写一次。`,
    other: (errcode: number) => `企业微信没有收（${errcode}）。请信息办按这个编号查，改好后再写一次。`,
    code: (errcode: number) => `企业微信 ${errcode}`,
  },
  history: {
    title: '历史',
    created: '建立',
    renamed: (from: string, to: string) => `改名，“${from}”改为“${to}”`,
    rule: '改规则',
    before: '原来',
    after: '现在',
    added: (n: number, names: readonly string[]) => `加 ${num(n)} 人${named(n, names)}`,
    taken: (n: number, names: readonly string[]) => `移出 ${num(n)} 人${named(n, names)}`,
    left: '离职，自动移出',
    system: '系统',
    cut: '只显示最近 200 条，更早的在审计里。',
    count: (n: number) => `共 ${num(n)} 条`,
  },
} as const;

function named(n: number, names: readonly string[]): string {
  if (names.length === 0) return '';
  return `：${names.join('、')}${n > names.length ? ' 等' : ''}`;
}

/** Why 企业微信 did not take it and what cures it. */
export function refusalWords(tag: SetBrief['tag']): string {
  const { errorCode, joining } = tag;
  if (errorCode === null) return w.refused.people(joining);
  const known = (w.refused as Readonly<Record<string, unknown>>)[String(errorCode)];
  return typeof known === 'string' ? `${known}（${w.refused.code(errorCode)}）` : w.refused.other(errorCode);
}

export const standingTone = {
  equal: 'green',
  coming: 'blue',
  changed: 'amber',
  refused: 'red',
  off: '',
} as const satisfies Record<SetBrief['tag']['standing'], string>;
