/** What is asked of a request. */
import type { Chosen, FormValues } from '../contract.ts';
import type { CirculationCommand } from './circulation.ts';
import type { Values } from './condition.ts';
import type { EditFormCommand, FormEdit } from './edits.ts';
import type { By, ForecastStep } from './people.ts';
import type { ReturnCommand } from './returns.ts';
import type { NamedFile } from './state.ts';
import type { Placement } from './steps.ts';
import type { Signature } from './tasks.ts';
import type { TimeOutCommand } from './timeouts.ts';

export interface SubmitCommand {
  readonly type: 'submit';
  readonly by: By;
  readonly instanceId: string;
  readonly number: string;
  readonly assignmentId: string;
  readonly title: string;
  readonly form: FormValues;
  readonly values: Values;
  readonly chosen: Chosen;
  readonly forecast: readonly ForecastStep[];
}

export type InstanceCommand =
  | ReturnCommand
  | EditFormCommand
  | TimeOutCommand
  | CirculationCommand
  | {
      readonly type: 'approve';
      readonly by: By;
      readonly taskId: string;
      readonly comment?: string | undefined;
      readonly signature?: Signature | undefined;
      /** Changes of the form that are part of the decision. */
      readonly edit?: FormEdit | undefined;
      /** Tapped on a card, which shows the form as it was when the task was opened. */
      readonly onCard?: boolean | undefined;
      /** Version of the form as it was shown beside others, where it was. */
      readonly sawForm?: number | undefined;
    }
  | { readonly type: 'reject'; readonly by: By; readonly taskId: string; readonly comment: string }
  | {
      readonly type: 'transfer';
      readonly by: By;
      readonly taskId: string;
      readonly toPersonId: string;
      readonly comment?: string | undefined;
    }
  /** Of a 办理 step: what came of it, in words. */
  | {
      readonly type: 'handle';
      readonly by: By;
      readonly taskId: string;
      readonly result: 'done' | 'cannot';
      readonly comment: string;
      readonly edit?: FormEdit | undefined;
    }
  /** `after` decides the own task as well, and `comment` is then the comment of that decision. */
  | {
      readonly type: 'addApprovers';
      readonly by: By;
      readonly taskId: string;
      readonly placement: Placement;
      readonly personIds: readonly string[];
      readonly comment?: string | undefined;
    }
  /** `taskId`: of the person who was added. */
  | { readonly type: 'removeApprover'; readonly by: By; readonly taskId: string }
  | {
      readonly type: 'consult';
      readonly by: By;
      readonly taskId: string;
      readonly personIds: readonly string[];
      readonly question: string;
    }
  | { readonly type: 'answerConsult'; readonly by: By; readonly consultId: string; readonly text: string }
  | { readonly type: 'withdraw'; readonly by: By; readonly reason?: string | undefined }
  | {
      readonly type: 'comment';
      readonly by: By;
      readonly clientKey?: string | undefined;
      readonly text: string;
      /** People who may see the request. */
      readonly mentions?: readonly string[] | undefined;
      readonly files?: readonly NamedFile[] | undefined;
    }
  | { readonly type: 'remind'; readonly by: By }
  | { readonly type: 'markRead'; readonly by: By }
  /** R18: an administrator fills empty seats. */
  | {
      readonly type: 'assignSeats';
      readonly by: By;
      readonly stepId: string;
      readonly seats: readonly { readonly seat: number; readonly personId: string }[];
    }
  /** R22: this person can act no more; open tasks go to the successor, the rule again, or the admin queue. */
  | {
      readonly type: 'replacePerson';
      readonly by: By;
      readonly personId: string;
      readonly successorId: string | null;
      /** Ask for agents before the successor; a hand-over that people chose goes where they said. */
      readonly viaAgents: boolean;
      /** The successor also takes the seats this person left behind without anybody (R18). */
      readonly leftBehind?: true;
      /** Only these tasks; unsaid: all that is undecided. */
      readonly taskIds?: readonly string[];
    }
  /** R33: an agency begins with what its principal holds, or ends and gives back what is undecided. */
  | { readonly type: 'handToAgent'; readonly by: By; readonly personId: string }
  | {
      readonly type: 'handBack';
      readonly by: By;
      readonly personId: string;
      readonly agentId: string;
      /** R22: who takes over from a principal who can act no more; null or left out: nobody was named. */
      readonly successorId?: string | null;
    };

export type Command = SubmitCommand | InstanceCommand;
