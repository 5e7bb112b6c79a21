import type { XmlField } from '../callbacks/xml.ts';
import type { NativeForm, NativeNode, NativeSeat } from './forms.ts';

/** One form in the words of the API (page 91983) and of the event (page 91815). */

export function infoOf(form: NativeForm): Record<string, unknown> {
  const { number, title, status, templateId, appliedAt, applicant, party, nodes, contents, legacy } = form;
  const copied = nodes.filter(({ type }) => type === 2).flatMap(({ seats }) => seats);
  return {
    sp_no: number,
    sp_name: title,
    sp_status: status,
    template_id: templateId,
    apply_time: appliedAt,
    applyer: { userid: applicant, partyid: party },
    sp_record: nodes.filter(({ type }) => type === 1).map(record),
    notifyer: copied.map(({ userid }) => ({ userid })),
    ...(legacy ? {} : { process_list: { node_list: nodes.map(node) } }),
    apply_data: { contents },
    comments: [],
  };
}

/** 1 any, 2 all: the other way round than `apv_rel`. */
const attrOf = ({ rel }: NativeNode): number => (rel === 2 ? 1 : 2);

const record = (one: NativeNode): Record<string, unknown> => ({
  sp_status: one.status,
  approverattr: attrOf(one),
  details: one.seats.map(({ userid, status, speech, time }) => ({
    approver: { userid },
    speech,
    sp_status: status,
    sptime: time,
    media_id: [],
  })),
});

const node = ({ type, rel, status, seats }: NativeNode): Record<string, unknown> => ({
  node_type: type,
  sp_status: status,
  apv_rel: rel,
  sub_node_list: seats.map(({ userid, status: sp_yj, speech, time }) => ({
    userid,
    speech,
    sp_yj,
    sptime: time,
    media_ids: [],
  })),
});

/** @param change StatuChangeEvent */
export function approvalInfo(form: NativeForm, change: number): XmlField {
  const { number, title, status, templateId, appliedAt, applicant, party, nodes } = form;
  return [
    'ApprovalInfo',
    [
      ['SpNo', BigInt(number)],
      ['SpNoStr', number],
      ['SpName', title],
      ['SpStatus', status],
      ['TemplateId', templateId],
      ['ApplyTime', appliedAt],
      [
        'Applyer',
        [
          ['UserId', applicant],
          ['Party', party],
        ],
      ],
      ...nodes.filter(({ type }) => type === 1).map(recordXml),
      ['ProcessList', nodes.map(nodeXml)],
      ['StatuChangeEvent', change],
    ],
  ];
}

const recordXml = (one: NativeNode): XmlField => [
  'SpRecord',
  [
    ['SpStatus', one.status],
    ['ApproverAttr', attrOf(one)],
    ...one.seats.map(({ userid, speech, status, time }): XmlField => [
      'Details',
      [
        ['Approver', [['UserId', userid]]],
        ['Speech', speech],
        ['SpStatus', status],
        ['SpTime', time],
      ],
    ]),
  ],
];

const nodeXml = ({ type, status, rel, seats }: NativeNode): XmlField => [
  'NodeList',
  [['NodeType', type], ['SpStatus', status], ['ApvRel', rel], ...seats.map(seatXml)],
];

const seatXml = ({ userid, speech, status, time }: NativeSeat): XmlField => [
  'SubNodeList',
  [
    ['UserInfo', [['UserId', userid]]],
    ['Speech', speech],
    ['SpYj', status],
    ['Sptime', time],
  ],
];
