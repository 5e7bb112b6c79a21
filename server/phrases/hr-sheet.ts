import type { Phrases } from './types.ts';

/**
 * Words of sheets that cannot be read, and of faults in their cells. A fault is told as `hr.fault_<code>`, then
 * `hr.hint_<code>` when it has a hint, else `hr.cure_<code>`. Nothing personal is filled in.
 */
export const hrSheetPhrases = {
  'sheets.empty': {
    zh: '文件是空的，里面没有一格内容。请检查是否传错了文件。',
    en: 'The file is empty: not one cell is filled. Check that it is the right file.',
  },
  'sheets.unreadable': {
    zh: '读不出这个文件。请另存为 .xlsx，或 UTF-8、GBK 编码的 .csv 后再传。',
    en: 'This file cannot be read. Save it as .xlsx, or as .csv in UTF-8 or GBK, and try again.',
  },
  'sheets.old_xls': {
    zh: '这是旧版 .xls 文件。请在 Excel 或 WPS 里打开，另存为 .xlsx 后再传。',
    en: 'This is an old .xls file. Open it in Excel or WPS, save it as .xlsx and try again.',
  },
  'sheets.locked': {
    zh: '文件加了打开密码，读不出来。请去掉密码后再传。',
    en: 'The file is protected by a password. Remove it and try again.',
  },
  'sheets.broken_quotes': {
    zh: '第 {line} 行附近的引号不成对，后面的格子分不开。请改好，或另存为 .xlsx 后再传。',
    en: 'A quotation mark near row {line} has no partner. Correct it, or save the file as .xlsx and try again.',
  },
  'sheets.far_cell': {
    zh: '第 {line} 行在 {max} 列以外还有内容。请删掉多余的格子后再传。',
    en: 'Row {line} has a cell beyond column {max}. Delete what does not belong there and try again.',
  },
  'sheets.far_row': {
    zh: '第 {line} 行还有内容，远在表格下面；最多读 {max} 行。请删掉多余的行后再传。',
    en: 'Row {line} far below the list is not empty; at most {max} rows are read. Delete it and try again.',
  },
  'hr.no_head': {
    zh: '没有识别到表头。前 10 行里要有一行列名，如 工号、姓名、部门编码；可以下载模板对照。',
    en: 'No header was recognised. One of the first 10 rows must name the columns; the template shows how.',
  },
  'hr.no_rows': {
    zh: '只有表头，没有一行数据。请检查是否传错了文件。',
    en: 'There is a header but not one row of data. Check that it is the right file.',
  },

  'hr.fault_missing': { zh: '没填{label}', en: '{label} is empty' },
  'hr.cure_missing': { zh: '这一列每行都要填', en: 'Every row needs it' },
  'hr.hint_missing': { zh: '提示：{hint}', en: 'Note: {hint}' },

  'hr.fault_malformed': { zh: '{label}的写法不对', en: '{label} is not in the right form' },
  'hr.cure_malformed': { zh: '请照模板的写法改', en: 'Write it as the template shows' },
  'hr.hint_malformed': { zh: '应为：{hint}', en: 'It should be: {hint}' },

  'hr.fault_unknownWord': { zh: '{label}里没有这个词', en: 'Not a word of {label}' },
  'hr.cure_unknownWord': { zh: '请从模板列出的词里选', en: 'Choose one of the template' },
  'hr.hint_unknownWord': { zh: '可填：{hint}', en: 'Choose from: {hint}' },

  'hr.fault_unknownUnit': {
    zh: '没有这个部门，这一行先不用',
    en: 'There is no such unit; the row is left out',
  },
  'hr.cure_unknownUnit': {
    zh: '请在部门表里加上它，或改成已有的部门编码',
    en: 'Add it to the sheet of units, or use the code of one that exists',
  },
  'hr.hint_unknownUnit': { zh: '最像的是：{hint}', en: 'Closest: {hint}' },
  'hr.other_unknownUnit': {
    zh: '部门表第 {otherLine} 行就是它，那一行有错；先改好那一行',
    en: 'It is in row {otherLine} of the sheet of units, which has a fault; correct that row first',
  },

  'hr.fault_unknownPerson': { zh: '表里和系统里都没有这个工号', en: 'Nobody has this staff number' },
  'hr.cure_unknownPerson': {
    zh: '请核对工号，或先加上这个人',
    en: 'Check the number, or add the person first',
  },
  'hr.hint_unknownPerson': { zh: '最像的是：{hint}', en: 'Closest: {hint}' },

  'hr.fault_duplicate': {
    zh: '{label}和第 {otherLine} 行相同',
    en: '{label} is the same as in row {otherLine}',
  },
  'hr.cure_duplicate': { zh: '两行都先不用，请留下对的一行', en: 'Neither row is used; keep the right one' },
  'hr.hint_duplicate': { zh: '提示：{hint}', en: 'Note: {hint}' },

  'hr.fault_checkDigit': { zh: '末位校验不符', en: 'The check digit does not agree' },
  'hr.cure_checkDigit': { zh: '请对照证件逐位核对', en: 'Compare it with the card, digit by digit' },
  'hr.hint_checkDigit': { zh: '提示：{hint}', en: 'Note: {hint}' },

  'hr.fault_oldIdNumber': {
    zh: '15 位的旧号码换不成 18 位，里面的出生日期不存在',
    en: 'This 15-digit number cannot be converted: its birth date does not exist',
  },
  'hr.cure_oldIdNumber': { zh: '请填现在的 18 位号码', en: 'Enter the present 18-digit number' },
  'hr.hint_oldIdNumber': { zh: '提示：{hint}', en: 'Note: {hint}' },

  'hr.fault_contradictsId': { zh: '{label}和身份证号对不上', en: '{label} contradicts the ID number' },
  'hr.cure_contradictsId': { zh: '请对照证件，改错的那一个', en: 'Compare both with the card' },
  'hr.hint_contradictsId': { zh: '提示：{hint}', en: 'Note: {hint}' },

  'hr.fault_noContact': {
    zh: '手机号和邮箱都没有，企业微信不收',
    en: 'Neither mobile nor email: 企业微信 does not take the person',
  },
  'hr.cure_noContact': { zh: '请至少填一个', en: 'Enter at least one' },
  'hr.hint_noContact': { zh: '提示：{hint}', en: 'Note: {hint}' },

  'hr.fault_tooLong': { zh: '{label}太长', en: '{label} is too long' },
  'hr.cure_tooLong': { zh: '请缩短', en: 'Shorten it' },
  'hr.hint_tooLong': { zh: '提示：{hint}', en: 'Note: {hint}' },

  'hr.fault_formula': { zh: '这一格是公式，不是值', en: 'This cell holds a formula, not a value' },
  'hr.cure_formula': {
    zh: '请复制整列，选择性粘贴为“数值”后再传',
    en: 'Copy the column and paste it as values',
  },
  'hr.hint_formula': { zh: '提示：{hint}', en: 'Note: {hint}' },

  'hr.fault_treeBroken': { zh: '部门接不成一棵树', en: 'The units do not form a tree' },
  'hr.cure_treeBroken': { zh: '请核对上级编码和部门名称', en: 'Check the parent codes and names' },
  'hr.hint_treeBroken': { zh: '提示：{hint}', en: 'Note: {hint}' },
} as const satisfies Phrases;
