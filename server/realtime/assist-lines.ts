import type { Socket } from 'socket.io';
import type { AgentCard } from '../../shared/model/agent.ts';
import type {
  agentRelayFacts,
  EventsOfTuples,
  relayToAgent,
  relayToVisitor,
  visitorRelayFacts,
} from '../../shared/protocol.ts';
import { AssistSession, type AssistTab, type AssistViewer } from '../relay/assist-session.ts';

type TabSocket = Socket<EventsOfTuples<typeof visitorRelayFacts>, EventsOfTuples<typeof relayToVisitor>>;
type ViewerSocket = Socket<EventsOfTuples<typeof agentRelayFacts>, EventsOfTuples<typeof relayToAgent>>;

/** Sockets of the relay on one side, what agents and visitor do to a page together on the other. */
export interface AssistLines {
  /** After the guard that checks every fact. */
  openTab(sessionId: string, tab: string, socket: TabSocket): void;
  openViewer(sessionId: string, agent: AgentCard, socket: ViewerSocket): void;
  endSession(sessionId: string): void;
  close(): void;
}

export function createAssistLines(nowMs: () => number = Date.now): AssistLines {
  const sessions = new Map<string, AssistSession>();

  const sessionOf = (sessionId: string): AssistSession => {
    const session = sessions.get(sessionId) ?? new AssistSession(nowMs);
    sessions.set(sessionId, session);
    return session;
  };

  return {
    openTab(sessionId, tab, socket) {
      const session = sessionOf(sessionId);
      const page: AssistTab = {
        tab,
        control: (state) => socket.emit('control:changed', state),
        use: (fact) => socket.emit('control:used', fact),
        added: (mark) => socket.emit('mark:added', { mark }),
        removed: (ids) => socket.emit('mark:removed', { ids }),
      };
      session.joinTab(page);
      socket.on('control:answered', ({ agent, grant }) => session.answer(agent, grant));
      socket.on('control:revoked', () => session.revoke());
      socket.on('control:acted', ({ agent, id, result }) => session.acted(agent, id, result));
      socket.on('mark:added', ({ mark }) => session.addVisitorMark(page, mark));
      socket.on('mark:removed', ({ ids }) => session.removeByVisitor(ids));
      socket.on('mark:anchored', (at) => session.anchor(page, at));
      socket.on('disconnect', () => session.leaveTab(page));
    },
    openViewer(sessionId, agent, socket) {
      const session = sessionOf(sessionId);
      const viewer: AssistViewer = {
        agent,
        control: ({ asked, held }) =>
          socket.emit('control:changed', {
            asked,
            held: held && {
              agent: held.agent,
              scopes: held.grant.scopes,
              mode: held.grant.mode,
              expiresAtMs: held.grant.expiresAtMs,
              nonce: held.agent.id === agent.id ? held.grant.nonce : null,
            },
          }),
        acted: (fact) => socket.emit('control:acted', fact),
        added: (mark) => socket.emit('mark:added', { mark }),
        removed: (ids) => socket.emit('mark:removed', { ids }),
      };
      session.joinViewer(viewer);
      socket.on('control:asked', ({ scopes }) => session.ask(viewer, scopes));
      socket.on('control:released', () => session.release(viewer));
      socket.on('control:used', (use) => session.use(viewer, use));
      socket.on('mark:added', ({ mark }) => session.addAgentMark(viewer, mark));
      socket.on('mark:removed', ({ ids }) => session.removeByAgent(viewer, ids));
      socket.on('disconnect', () => session.leaveViewer(viewer));
    },
    endSession(sessionId) {
      sessions.get(sessionId)?.close();
      sessions.delete(sessionId);
    },
    close() {
      for (const session of sessions.values()) session.close();
      sessions.clear();
    },
  };
}
