import { demoCast } from './cast.ts';

/** A step of the newcomer's story, as the sandbox phone tells it; shapes as in the sandbox's contract. */
export function demoStory(publicUrl: string) {
  const { applicant, unitHead, hrHead, leader } = demoCast;
  const card = { titleHas: `${applicant.name} 申请`, button: '同意' };
  const agreed = (userid: string) => ({ userid, titleHas: card.titleHas, replacedBy: '已同意' });
  const who = (name: string) => name;
  return {
    steps: [
      {
        label: `${who(applicant.name)}提交`,
        userid: applicant.userid,
        note: '你是教师 **张雨桐**。打开请假申请，选类型和时间，提交。超过 3 个工作日要两位领导会签，更完整。',
        open: { label: '打开请假申请', url: `${publicUrl}/apply/leave` },
        done: { userid: unitHead.userid, titleHas: card.titleHas },
      },
      {
        label: `${who(unitHead.name)}同意`,
        userid: unitHead.userid,
        note: '部门负责人 **陈志远** 收到一张待审批卡片。在手机里点 **同意**，看右边发生什么。',
        ring: card,
        done: agreed(unitHead.userid),
      },
      {
        label: `${who(hrHead.name)}同意`,
        userid: hrHead.userid,
        note: '人事处 **王海燕** 收到同一件事的卡片。点 **同意**；请假不超过 3 个工作日时没有这一步。',
        ring: card,
        done: agreed(hrHead.userid),
      },
      {
        label: `${who(leader.name)}同意`,
        userid: leader.userid,
        note: '分管院领导 **林国栋** 最后同意，之后申请人收到一次结果。',
        ring: card,
        done: agreed(leader.userid),
      },
    ],
    end: { userid: applicant.userid, note: '走完了。回到 **张雨桐**，看只来一次的结果通知。' },
  };
}
