import { momentWords, sectionOfRows, type PersonDataSection } from '../access/index.ts';
import { viaWords } from './words.ts';

/** What a person gave, with the hash by which the words can be told. */
export const undertakingsPersonData: PersonDataSection = sectionOfRows<{
  id: string;
  title: string;
  textVersion: number | string;
  givenAt: number | string;
  via: string;
  sha256: string;
}>({
  title: '承诺',
  columns: ['内容', '版本', '时间', '在哪里', '校验值'],
  sql: `select g.id, t.title, g.textVersion, g.givenAt, g.via, g.sha256 from undertaking_given g
    join undertaking_text t on t.textId = g.textId and t.textVersion = g.textVersion
    where g.personId = ? and g.id > ? order by g.id limit ?`,
  cells: ({ title, textVersion, givenAt, via, sha256 }) => [
    title,
    String(textVersion),
    momentWords(givenAt),
    viaWords(via),
    sha256,
  ],
});
