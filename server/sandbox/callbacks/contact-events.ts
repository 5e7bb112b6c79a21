import type { Caller } from '../api/call.ts';
import type { Department, Member, Tag } from '../state/data.ts';
import { statusOf } from '../state/directory.ts';
import type { World } from '../world.ts';
import type { XmlField } from './xml.ts';

export interface ContactTargets {
  userChanged(
    type: 'create_user' | 'update_user' | 'delete_user',
    member: Member,
    fields: (keyof Member)[],
    /** Differs from the member's when the userid itself changed. */
    oldUserid: string,
  ): void;
  partyChanged(
    type: 'create_party' | 'update_party' | 'delete_party',
    department: Department,
    fields: ('name' | 'parentid')[],
  ): void;
  tagChanged(tag: Tag, how: 'add' | 'delete', userids: string[], parties: number[]): void;
}

const TOLD_BY_ID: readonly (keyof Member)[] = ['departments', 'leads', 'userid'];

/** Who hears of a change: the 通讯录同步 callback, but never of its own changes (page 90970). null = nobody. */
export function adminTargets(world: World, caller: Caller): ContactTargets | null {
  if (caller === 'contacts' || world.data.contactsCallback.url === null) return null;
  const full = world.settings.fullContactEvents;
  const tell = (type: string, summary: string, fields: XmlField[]): void => {
    void world.callbacks.send({
      target: 'contacts',
      name: 'change_contact',
      summary,
      shown: [{ label: 'ChangeType', value: type }, ...shown(fields)],
      fields: [
        ['ToUserName', world.settings.corp.corpId],
        ['FromUserName', 'sys'],
        ['CreateTime', Math.floor(world.now() / 1000)],
        ['MsgType', 'event'],
        ['Event', 'change_contact'],
        ['ChangeType', type],
        ...fields,
      ],
    });
  };
  return {
    userChanged: (type, member, changed, oldUserid) => {
      // Id-only callbacks (saved after 2022-08-15) tell an update only when departments, leading or the userid changed.
      const told = TOLD_BY_ID.some((field) => changed.includes(field));
      if (type === 'update_user' && !full && !told) return;
      const ids: XmlField[] = [['UserID', oldUserid]];
      if (oldUserid !== member.userid) ids.push(['NewUserID', member.userid]);
      if (type !== 'delete_user' && !full) ids.push(['Department', member.departments.join(',')]);
      const details = full && type !== 'delete_user' ? userFields(member, type, changed) : [];
      tell(type, member.userid, [...ids, ...details]);
    },
    partyChanged: (type, department, changed) => {
      if (type === 'update_party' && !full && !changed.includes('parentid')) return;
      const fields: XmlField[] = [['Id', department.id]];
      if (type !== 'delete_party' && full) fields.push(['Name', department.name]);
      if (type !== 'delete_party') fields.push(['ParentId', department.parentId]);
      if (type === 'create_party' && full) fields.push(['Order', department.order]);
      tell(type, `部门 ${department.id}`, fields);
    },
    tagChanged: (tag, how, userids, parties) => {
      const side = how === 'add' ? 'Add' : 'Del';
      tell('update_tag', `标签 ${tag.id}`, [
        ['TagId', tag.id],
        [`${side}UserItems`, userids.join(',')],
        [`${side}PartyItems`, parties.join(',')],
      ]);
    },
  };
}

const shown = (fields: XmlField[]): { label: string; value: string }[] =>
  fields
    .filter(([label]) => ['UserID', 'Department', 'Id', 'ParentId', 'TagId'].includes(label))
    .map(([label, value]) => ({ label, value: String(value) }));

/** Everything on creation, only what changed on an update. */
function userFields(member: Member, type: string, changed: (keyof Member)[]): XmlField[] {
  const all: [keyof Member, XmlField][] = [
    ['name', ['Name', member.name]],
    ['departments', ['Department', member.departments.join(',')]],
    ['mainDepartment', ['MainDepartment', member.mainDepartment]],
    ['leads', ['IsLeaderInDept', member.leads.join(',')]],
    ['directLeader', ['DirectLeader', member.directLeader.join(',')]],
    ['position', ['Position', member.position]],
    ['mobile', ['Mobile', member.mobile]],
    ['gender', ['Gender', Number(member.gender)]],
    ['email', ['Email', member.email]],
    ['bizMail', ['BizMail', member.bizMail]],
    ['enabled', ['Status', statusOf(member)]],
    ['alias', ['Alias', member.alias]],
    ['telephone', ['Telephone', member.telephone]],
    ['address', ['Address', member.address]],
    ['extattr', ['ExtAttr', member.extattr.attrs.map((attr) => ['Item', attributeFields(attr)] as const)]],
  ];
  return all.filter(([key]) => type === 'create_user' || changed.includes(key)).map(([, field]) => field);
}

/** Name, Type, and Text or Web, as the event spells them (page 90970). */
function attributeFields(attr: unknown): XmlField[] {
  const { name, type, text, web } = attr as {
    name?: string;
    type?: number;
    text?: { value?: string };
    web?: { title?: string; url?: string };
  };
  const content: XmlField =
    type === 1
      ? [
          'Web',
          [
            ['Title', web?.title ?? ''],
            ['Url', web?.url ?? ''],
          ],
        ]
      : ['Text', [['Value', text?.value ?? '']]];
  return [['Name', name ?? ''], ['Type', type ?? 0], content];
}
