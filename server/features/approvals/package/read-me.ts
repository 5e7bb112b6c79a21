import { CHECK_SCRIPT } from './check-script.ts';

/** What is in the package and how to check it, for somebody who knows nothing of this system. Pure. */
export const readMe = (about: {
  readonly number: string;
  readonly takenBy: string;
  readonly taken: string;
  readonly verifyUrl: string;
}): string => `# 卷宗 ${about.number}

${about.takenBy} 于 ${about.taken} 从企微管家导出。内容以导出人当时能看到的为准：他看不到的字段不在里面，打码的号码仍打码。

- form.html：给人看的表单、办理过程和附件目录，浏览器直接打开
- case.json：同样的内容，给程序读；时间是自 1970-01-01 起的毫秒数（UTC）
- 附件/：原样的附件
- audit.json：操作记录里关于这一件的每一条
- chain.txt：把这些记录连到链头所需的摘要，一行一条；别人办的事只有摘要，看不出内容
- manifest.json：每个文件的大小和 SHA-256
- check.mjs：下面这段核验程序

## 怎么核验

1. 在线：打开 ${about.verifyUrl}，看它现在的状态和导出时的历史是否一致。
2. 离线：装有 Node 20 或更新版本的电脑，在本文件夹里运行 \`node check.mjs\`。它逐个核对文件，看有没有多出来的，再把每条记录沿链算到链头。
   它只能证明文件与清单一致；整套连同清单换过的，要凭它打印的清单摘要由原单位核对（第 4 步）。
3. 链头：把程序打印的链头与原单位交给第三方留存的 audit-heads.jsonl 比对；一致，就说明记录自那天起没有改过、删过、补过。
4. 原单位还可以用 \`node dist/scripts/package-verify.js <卷宗.zip>\` 与现在的库比对，并查到导出登记。

记录的算法：每条记录去掉网络地址（换成加盐摘要 addressDigest），写成成员按名称排序、没有空格的 JSON，取 SHA-256，就是 chain.txt
里的摘要；这一条的哈希 = SHA-256(上一条的哈希 + 换行 + 摘要)。personalDigest 是另存并加密的个人内容的摘要，不影响核对。
以“=”开头的行是旧格式的记录，只给出哈希，要由原单位核对。

## check.mjs 全文

\`\`\`js
${CHECK_SCRIPT}\`\`\`
`;
