import type { ConversationState, Entry } from '../shared/model/conversation.ts';
import { createAssignments } from './domain/assignments.ts';
import { createBeginnings } from './domain/beginnings.ts';
import type { Clock } from './domain/clock.ts';
import type { Connections } from './domain/connections.ts';
import { createConversationLog } from './domain/conversation-log.ts';
import { createConversations } from './domain/conversations.ts';
import { createInbox } from './domain/inbox.ts';
import { createLanes } from './domain/lanes.ts';
import type { LiveVisitors } from './domain/live-visitors.ts';
import { createMacros } from './domain/macros.ts';
import type { Membership } from './domain/membership.ts';
import { createMessages } from './domain/messages.ts';
import type { Presence } from './domain/presence.ts';
import type { Publisher } from './domain/publisher.ts';
import { createReplyTime } from './domain/reply-time.ts';
import { createRouting } from './domain/routing.ts';
import type { SiteDirectory } from './domain/site-directory.ts';
import { createStatuses } from './domain/statuses.ts';
import { createSurveyAnswers } from './domain/survey-answers.ts';
import { createViewing } from './domain/viewing.ts';
import { createWorkspace } from './domain/workspace.ts';
import { createSnoozes } from './jobs/snoozes.ts';
import type { Store } from './store/store.ts';

export interface ChatParts {
  store: Store;
  /** The store's epoch. */
  epoch: string;
  publisher: Publisher;
  connections: Connections;
  presence: Presence;
  membership: Membership;
  directory: SiteDirectory;
  liveVisitors: LiveVisitors;
  clock: Clock;
  onFailure(task: string): (error: unknown) => void;
  /** A message or note was taken back: its files may go. */
  onTakenBack(): void;
  onClosed(conversation: ConversationState, by: Entry['sender']['role']): void;
}

export type Chat = ReturnType<typeof createChat>;

/** Puts together what is about conversations: all of it writes to one log and decides in the same lanes. */
export function createChat(parts: ChatParts) {
  const lanes = createLanes();
  const log = createConversationLog({
    ...parts,
    onAppended(conversation, entry) {
      routing.onAppended(conversation, entry);
      if (entry.kind === 'deletion') parts.onTakenBack();
      if (entry.kind === 'status' && entry.payload.status === 'closed') {
        parts.onClosed(conversation, entry.sender.role);
      }
    },
  });
  const shared = { ...parts, log, lanes };
  const routing = createRouting({ ...shared, onFailure: parts.onFailure('routing') });
  const snoozes = createSnoozes({ ...shared, onFailure: parts.onFailure('snoozes') });
  const { onSnoozed } = snoozes;
  return {
    log,
    routing,
    replyTime: createReplyTime(parts),
    viewing: createViewing(shared),
    inbox: createInbox(shared),
    conversations: createConversations(shared),
    messages: createMessages(shared),
    statuses: createStatuses({ ...shared, onSnoozed }),
    assignments: createAssignments(shared),
    macros: createMacros({ ...shared, onSnoozed }),
    beginnings: createBeginnings(shared),
    surveyAnswers: createSurveyAnswers(shared),
    workspace: createWorkspace({ ...parts, onTeamsChange: routing.review }),
    close(): void {
      snoozes.close();
      routing.close();
    },
  };
}
