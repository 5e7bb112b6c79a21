import { agentRoutes } from './agent.ts';
import { appchatRoutes } from './appchat.ts';
import { authRoutes } from './auth.ts';
import { batchRoutes } from './batch.ts';
import type { ApiRoute } from './call.ts';
import { departmentRoutes } from './department.ts';
import { mediaRoutes } from './media.ts';
import { meetingRoomRoutes } from './meeting-room.ts';
import { menuRoutes } from './menu.ts';
import { messageChangeRoutes } from './message-change.ts';
import { messageSendRoutes } from './message-send.ts';
import { nativeApprovalRoutes } from './native-approval.ts';
import { networkRoutes } from './network.ts';
import { operLogRoutes } from './oper-log.ts';
import { scheduleRoutes } from './schedule.ts';
import { tagRoutes } from './tag.ts';
import { ticketRoutes } from './tickets.ts';
import { tokenRoutes } from './tokens.ts';
import { userReadRoutes } from './user-read.ts';
import { userWriteRoutes } from './user-write.ts';
import { webhookRoutes } from './webhook.ts';
import { workbenchRoutes } from './workbench.ts';

/** Everything below /cgi-bin that this sandbox knows. Any other path answers 404 with an empty body. */
export const apiRoutes: readonly ApiRoute[] = [
  ...tokenRoutes,
  ...networkRoutes,
  ...userReadRoutes,
  ...userWriteRoutes,
  ...departmentRoutes,
  ...tagRoutes,
  ...batchRoutes,
  ...operLogRoutes,
  ...messageSendRoutes,
  ...messageChangeRoutes,
  ...authRoutes,
  ...ticketRoutes,
  ...mediaRoutes,
  ...agentRoutes,
  ...menuRoutes,
  ...workbenchRoutes,
  ...appchatRoutes,
  ...webhookRoutes,
  ...scheduleRoutes,
  ...meetingRoomRoutes,
  ...nativeApprovalRoutes,
];
