import type { MessageContent, TemplateCard } from '../contract.ts';
import { memberOf } from '../state/directory.ts';
import type { World } from '../world.ts';
import type { Reader } from './reader.ts';

/** enable_id_trans (page 90236): `$userName=ID$` and its kin become names. Unknown ids stay as they are. */
export function translate(world: World, body: Reader, content: MessageContent): MessageContent {
  if (body.int('enable_id_trans') !== 1) return content;
  const t = (text: string): string => translateText(world, text);
  switch (content.msgtype) {
    case 'text':
      return { ...content, content: t(content.content) };
    case 'textcard':
      return { ...content, title: t(content.title), description: t(content.description) };
    case 'news':
      return {
        ...content,
        articles: content.articles.map((a) => ({ ...a, title: t(a.title), description: t(a.description) })),
      };
    case 'template_card':
      return { ...content, card: translateCard(world, content.card) };
    default:
      return content;
  }
}

export function translateCard(world: World, card: TemplateCard): TemplateCard {
  const t = (text: string): string => translateText(world, text);
  const { source, main_title, sub_title_text, horizontal_content_list: rows } = card;
  return {
    ...card,
    ...(source?.desc !== undefined && { source: { ...source, desc: t(source.desc) } }),
    ...(main_title !== undefined && {
      main_title: {
        ...(main_title.title !== undefined && { title: t(main_title.title) }),
        ...(main_title.desc !== undefined && { desc: t(main_title.desc) }),
      },
    }),
    ...(sub_title_text !== undefined && { sub_title_text: t(sub_title_text) }),
    ...(rows !== undefined && {
      horizontal_content_list: rows.map((row) =>
        row.value === undefined ? row : { ...row, value: t(row.value) },
      ),
    }),
  };
}

function translateText(world: World, text: string): string {
  return text.replaceAll(
    /\$(departmentName|userName|userAlias|userAliasOrName)=([^$]{1,64})\$/g,
    (whole, what: string, id: string) => nameOf(world, what, id) ?? whole,
  );
}

function nameOf(world: World, what: string, id: string): string | undefined {
  if (what === 'departmentName') return world.data.departments.get(Number(id))?.name;
  const member = memberOf(world.data, id);
  if (member === undefined) return undefined;
  const alias = member.alias === '' ? undefined : member.alias;
  if (what === 'userName') return member.name;
  return what === 'userAlias' ? alias : (alias ?? member.name);
}
