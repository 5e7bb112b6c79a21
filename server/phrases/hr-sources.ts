import type { Phrases } from './types.ts';

/** Words of sources of HR: what is set up, what went wrong while reading one, and what a push is refused for. */
export const hrSourcesPhrases = {
  'hr.not_source_manager': {
    zh: '数据来源由系统管理员设置，你没有这项权限。',
    en: 'Sources are set up by the system administrator.',
  },
  'hr.unknown_source': { zh: '没有这个数据来源。', en: 'There is no such source.' },
  'hr.source_too_many': { zh: '最多设置 {max} 个数据来源。', en: 'At most {max} sources can be set up.' },
  'hr.source_bad_column': {
    zh: '没有“{column}”这一列可以对应。',
    en: 'There is no column {column} to map to.',
  },
  'hr.source_columns_missing': {
    zh: '必需的列还没有对应：{columns}。',
    en: 'Required columns are not mapped: {columns}.',
  },
  'hr.source_auth_name': {
    zh: '用户名密码方式要填用户名，请求头方式要填请求头的名称（字母、数字和 -）；其他方式不填。',
    en: 'Basic needs a user, header a header name of letters, digits and -; the others need none.',
  },
  'hr.source_kind_stays': {
    zh: '来源的种类不能改，请另设一个。',
    en: 'The kind of a source cannot be changed; set up another one.',
  },
  'hr.source_changed_by_other': {
    zh: '这个来源刚被别人改过。请看过现在的设置再改。',
    en: 'Somebody else has just changed this source.',
  },
  'hr.source_secret_again': {
    zh: '地址或账号变了，要重新填密码或令牌。存着的不会发到新的地方去。',
    en: 'The address or account changed: enter the secret again. The stored one is not sent elsewhere.',
  },
  'hr.source_has_no_key': { zh: '这个来源不用密钥。', en: 'This source has no key.' },
  'hr.source_pushes': {
    zh: '这个来源自己推送，不用获取。',
    en: 'This source pushes by itself; there is nothing to fetch.',
  },
  'hr.source_off': { zh: '这个来源停用了。', en: 'This source is switched off.' },
  'hr.source_under_way': { zh: '正在获取，等它结束。', en: 'A fetch is already under way.' },

  'hr.source_given_up': {
    zh: '这次获取在服务器上出错，试了五次没有成功。请运维看日志。',
    en: 'This fetch failed five times on the server itself. The log tells why.',
  },
  'hr.source_unreachable': {
    zh: '连不上来源（{what}）。请核对地址和端口，以及防火墙是否放行本服务器。',
    en: 'The source cannot be reached ({what}).',
  },
  'hr.source_timeout': {
    zh: '来源没有在限定的时间内读完。没有读到一半就用。',
    en: 'The source was not read within the time allowed; nothing of it is used.',
  },
  'hr.source_busy': {
    zh: '来源答复忙或出错（{status}）。过一会儿再取。',
    en: 'The source answers that it is busy or failing ({status}).',
  },
  'hr.source_login': {
    zh: '来源不认这个账号、密码或令牌。',
    en: 'The source does not accept the account or secret.',
  },
  'hr.source_not_allowed': {
    zh: '这个账号不能读指定的视图，或者视图已经失效。',
    en: 'The account may not read the view, or the view is invalid.',
  },
  'hr.source_status': {
    zh: '来源没有接受请求（{status}）。请核对路径和参数。',
    en: 'The source refused the request ({status}).',
  },
  'hr.source_redirects': {
    zh: '来源要求转到别处（{status}），没有跟去。请直接填最终的地址。',
    en: 'The source redirects ({status}), which is not followed. Enter the final address.',
  },
  'hr.source_elsewhere': {
    zh: '来源给的下一页在别的地址（{host}），没有跟去。',
    en: 'The next page is at another address ({host}), which is not asked.',
  },
  'hr.source_private_address': {
    zh: '{host} 是内网地址，不在配置允许的网段里。请由运维把网段加进配置。',
    en: '{host} is a private address outside the networks that the configuration allows.',
  },
  'hr.source_not_json': { zh: '来源答复的不是 JSON。', en: 'The answer of the source is not JSON.' },
  'hr.source_no_items': {
    zh: '答复里的“{path}”不是记录的列表。',
    en: 'There is no list of records under “{path}” in the answer.',
  },
  'hr.source_no_total': {
    zh: '答复里的“{path}”不是总数。',
    en: 'There is no total under “{path}” in the answer.',
  },
  'hr.source_no_as_of': {
    zh: '答复里的“{path}”不是时间。',
    en: 'There is no time under “{path}” in the answer.',
  },
  'hr.source_goes_round': {
    zh: '来源的下一页又回到读过的一页。没有读到一半就用。',
    en: 'The next page is one that was read before; nothing of it is used.',
  },
  'hr.source_changed_meanwhile': {
    zh: '读的时候来源的内容变了，不能保证没有漏人。没有用这一次的。',
    en: 'The source changed while it was read; nothing of it is used.',
  },
  'hr.source_total_differs': {
    zh: '来源说有 {total} 行，读到 {read} 行。没有用这一次的。',
    en: 'The source says {total} rows, {read} were read; nothing of it is used.',
  },
  'hr.source_too_many_rows': { zh: '超过 {max} 行，没有读完。', en: 'More than {max} rows.' },
  'hr.source_too_many_pages': { zh: '超过 {max} 页，没有读完。', en: 'More than {max} pages.' },
  'hr.source_too_large': {
    zh: '来源的内容太大，没有读完。请减少每页的行数。',
    en: 'The source is too large. Ask for fewer rows a page.',
  },
  'hr.source_not_text': {
    zh: '字段“{field}”不是文字、数字或它们的列表，不能作为一格。',
    en: 'The field “{field}” is not text, a number or a list of them.',
  },
  'hr.source_no_view': {
    zh: '库里没有视图“{view}”，或者这个账号看不到它。',
    en: 'There is no view {view}, or the account cannot see it.',
  },
  'hr.source_no_column': {
    zh: '视图“{view}”里没有列“{column}”。有这些：{known}。',
    en: 'The view {view} has no column {column}. It has: {known}.',
  },
  'hr.source_query_failed': {
    zh: '数据库拒绝了查询（{what}）。',
    en: 'The database refused the query ({what}).',
  },
  'hr.source_older': {
    zh: '截止 {said} 的数据比已经采用的（{last}）旧，没有用。',
    en: 'The state of {said} is older than the one in use ({last}).',
  },
  'hr.source_below_floor': {
    zh: '来源有 {people} 人，不到上次采用的 {last} 人的 {percent}%。先查来源是否缺人；照此生成的计划会被拦下。',
    en: '{people} people, less than {percent}% of the last {last}. A plan made from it will be stopped.',
  },
  'hr.source_not_complete': {
    zh: '来源没有证明自己是完整的：不在其中的人一概不动。',
    en: 'The source did not prove to be complete: nobody outside it is touched.',
  },
  'hr.source_incomplete': {
    zh: '来源没有证明自己是完整的，不能按完整花名册生成计划。请选“只含变化”。',
    en: 'The source did not prove to be complete: it cannot be planned as a full list.',
  },
  'hr.source_not_counted': {
    zh: '答复里没有总数，读到的不算完整花名册：不在其中的人一概不动。',
    en: 'Without a total in the answer a statement never counts as complete.',
  },
  'hr.source_can_write': {
    zh: '这个账号不只能读，还有：{rights}。请换一个只读账号。',
    en: 'This account may do more than read: {rights}. Use a read-only one.',
  },

  'hr.push_key_unknown': { zh: '密钥无效。', en: 'The key is not valid.' },
  'hr.push_malformed': {
    zh: '内容的写法不对：{fields}。',
    en: 'The content is not in the right form: {fields}.',
  },
  'hr.push_unknown': { zh: '没有这一批。', en: 'There is no such batch.' },
  'hr.push_part_differs': {
    zh: '第 {part} 部分已经收到，内容不同。内容变了请换一个批次号。',
    en: 'Part {part} was received with other content. Use another batch id.',
  },
  'hr.push_finished': {
    zh: '这一批已经结束，不再收新的部分。',
    en: 'This batch is finished and takes no more parts.',
  },
  'hr.push_finish_differs': {
    zh: '这一批已经以别的内容结束。请换一个批次号。',
    en: 'This batch was finished with other content. Use another batch id.',
  },
  'hr.push_counts_differ': {
    zh: '数目对不上：收到 {parts} 部分，部门 {units} 行，人员 {people} 行。',
    en: 'The counts differ: {parts} parts, {units} units and {people} people were received.',
  },
  'hr.push_too_many_rows': { zh: '一批最多 {max} 行。', en: 'A batch has at most {max} rows.' },
  'hr.push_too_many_open': {
    zh: '有 {max} 批没有结束。先结束它们；没有结束的一天后作废。',
    en: '{max} batches are not finished. Finish them first; they lapse after a day.',
  },
  'hr.push_future': {
    zh: '截止时间在将来，请核对发送方的时钟。',
    en: 'The cut-off lies in the future: check the clock of the caller.',
  },
} as const satisfies Phrases;
