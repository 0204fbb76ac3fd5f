import { RapportError } from '../../shared/errors.ts';
import type { CobrowseSession } from '../../shared/model/cobrowse.ts';
import type { Site } from '../../shared/model/site.ts';
import type { AgentRequests, PayloadOf, ReplyOf } from '../../shared/protocol.ts';
import type { Recorder } from '../recording/recorder.ts';
import type { RecordingShelf } from '../recording/recording-shelf.ts';
import type { Store, StoredRecording, StoredSender } from '../store/store.ts';
import type { AgentCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { ConversationLog } from './conversation-log.ts';
import { randomId } from './identifier.ts';
import type { Membership } from './membership.ts';
import type { Presence } from './presence.ts';

const dayMs = 24 * 60 * 60_000;
/** Viewings that are remembered; the oldest goes first, and is told anew when it goes on. */
const maxViewings = 2_000;

export interface RecordingsParts {
  store: Pick<
    Store,
    | 'cobrowse'
    | 'createRecording'
    | 'recording'
    | 'advanceRecording'
    | 'deleteRecording'
    | 'dropRecording'
    | 'listSites'
    | 'visitorById'
  >;
  /** Null without a key: then nothing is recorded, and nothing can be read. */
  recorder: Pick<Recorder, 'start' | 'finish' | 'discard'> | null;
  shelf: RecordingShelf | null;
  conversations: Pick<ConversationLog, 'append'>;
  membership: Pick<Membership, 'requireMember' | 'requireOwner'>;
  presence: Pick<Presence, 'seen'>;
  clock: Pick<Clock, 'nowMs'>;
  viewerOrigin(): string | null;
  /** A session whose recording was deleted may still be live: no other one is begun for it. */
  onDeleted(sessionId: string): void;
}

export type Recordings = ReturnType<typeof createRecordings>;

/** Whether a site wants its sessions recorded, as far as its visitors agree. */
export const wantsRecording = ({ settings }: Pick<Site, 'settings'>): boolean =>
  settings.recording?.on === true;

/** Recordings of co-browse sessions: which are made, who may see and delete them, and that it is told. */
export function createRecordings(parts: RecordingsParts) {
  const { store, recorder, shelf, conversations, membership, clock } = parts;
  /** Sign-in and session: who reads has said so in the conversation. */
  const viewings = new Set<string>();
  const viewingOf = (caller: AgentCaller, sessionId: string) => `${caller.sessionId} ${sessionId}`;

  const siteOf = async (siteId: string): Promise<Site | undefined> =>
    (await store.listSites()).find(({ id }) => id === siteId);

  const tell = (
    { conversationId, sessionId }: Pick<StoredRecording, 'conversationId' | 'sessionId'>,
    event: 'recording_viewed' | 'recording_deleted' | 'recording_stopped',
    sender: StoredSender,
    clientId = `${sessionId}-${event}`,
  ) =>
    conversations.append({
      conversationId,
      kind: 'cobrowse',
      clientId,
      sender,
      payload: { event, sessionId },
      atMs: clock.nowMs(),
    });

  /** A recording that this agent may see. */
  const find = async (caller: AgentCaller, sessionId: string): Promise<StoredRecording> => {
    const found = await store.recording({ sessionId });
    if (!found) throw new RapportError('not_found');
    await membership.requireMember(caller, found.siteId);
    return found;
  };

  /** The file first, then the row: what a crash leaves in between is done by the sweep. */
  const remove = async ({ sessionId, file }: Pick<StoredRecording, 'sessionId' | 'file'>) => {
    if (recorder) await recorder.discard(sessionId, file);
    else await shelf?.remove(file);
    await store.dropRecording({ sessionId });
  };

  return {
    /** Whether a visitor's yes is worth something here: the site wants recordings, and the server can make them. */
    async mayRecord(siteId: string): Promise<boolean> {
      if (!recorder) return false;
      const site = await siteOf(siteId);
      return site !== undefined && wantsRecording(site);
    },

    /** From here on the session is recorded; called again after a restart it goes on in the same file. */
    async begin({ id: sessionId, siteId, conversationId }: CobrowseSession): Promise<void> {
      if (!recorder) return;
      const known = await store.recording({ sessionId });
      if (known && known.endedAtMs !== null) return;
      const site = await siteOf(siteId);
      if (!site || !wantsRecording(site)) return;
      const startedAtMs = known?.startedAtMs ?? clock.nowMs();
      const keepMs = (site.settings.recording?.keepDays ?? 0) * dayMs;
      const file = known?.file ?? `${randomId('file')}.rec`;
      const fresh = { sessionId, siteId, conversationId, file, startedAtMs };
      const recording = { ...fresh, endedAtMs: null, chunks: 0, bytes: 0, deleteAtMs: startedAtMs + keepMs };
      if (!known) await store.createRecording({ recording });
      recorder.start({ sessionId, file, startedAtMs });
    },

    /** The session is over, or the visitor wants no more of it recorded. True when something was recorded. */
    async finish(sessionId: string): Promise<boolean> {
      await recorder?.finish(sessionId);
      const recording = await store.recording({ sessionId });
      if (!recording) return false;
      if (recording.endedAtMs === null) {
        // Its disk has failed, or the server was down when it ended: what there is, is what there will be.
        const { chunks, bytes } = (await shelf?.measure(recording.file)) ?? recording;
        await store.advanceRecording({ sessionId, chunks, bytes, endedAtMs: clock.nowMs() });
      }
      return true;
    },

    tellStopped: (session: CobrowseSession, sender: StoredSender) =>
      tell({ conversationId: session.conversationId, sessionId: session.id }, 'recording_stopped', sender),

    async open(
      caller: AgentCaller,
      { sessionId }: PayloadOf<AgentRequests, 'recording:open'>,
    ): Promise<ReplyOf<AgentRequests, 'recording:open'>> {
      const recording = await find(caller, sessionId);
      const viewerOrigin = parts.viewerOrigin();
      if (viewerOrigin === null) throw new RapportError('viewer_not_configured');
      if (!shelf) throw new RapportError('recording_not_configured');
      const session = await store.cobrowse({ sessionId });
      const { siteId, conversationId, startedAtMs, endedAtMs, deleteAtMs } = recording;
      const visitor = session && (await store.visitorById({ siteId, visitorId: session.visitorId }));
      if (!visitor) throw new RapportError('not_found');
      const chunks = await shelf.readable(recording);
      await tell(
        recording,
        'recording_viewed',
        { role: 'agent', id: caller.agent.id },
        randomId('file').slice(4),
      );
      if (viewings.size >= maxViewings)
        for (const oldest of viewings) {
          viewings.delete(oldest);
          break;
        }
      viewings.add(viewingOf(caller, sessionId));
      return {
        recording: { sessionId, conversationId, startedAtMs, endedAtMs, deleteAtMs, ...chunks },
        visitor: parts.presence.seen(visitor),
        viewerOrigin,
      };
    },

    /** One chunk, opened. Access is checked each time; `forbidden` for who has not opened the recording before. */
    async read(caller: AgentCaller, sessionId: string, index: number): Promise<Uint8Array> {
      const recording = await find(caller, sessionId);
      if (!viewings.has(viewingOf(caller, sessionId))) throw new RapportError('forbidden');
      if (!shelf) throw new RapportError('recording_not_configured');
      return shelf.read(recording, index);
    },

    /** Owners only: it cannot be taken back. */
    async delete(
      caller: AgentCaller,
      { sessionId }: PayloadOf<AgentRequests, 'recording:delete'>,
    ): Promise<ReplyOf<AgentRequests, 'recording:delete'>> {
      const recording = await find(caller, sessionId);
      await membership.requireOwner(caller, recording.siteId);
      if (!(await store.deleteRecording({ sessionId }))) throw new RapportError('not_found');
      await remove(recording);
      parts.onDeleted(sessionId);
      await tell(recording, 'recording_deleted', { role: 'agent', id: caller.agent.id });
      return {};
    },

    /** Its time is over, or its deletion was cut short. */
    async expire(recording: StoredRecording & { isDeleted: boolean }): Promise<void> {
      const isNew = !recording.isDeleted && (await store.deleteRecording({ sessionId: recording.sessionId }));
      await remove(recording);
      if (isNew) {
        await tell(recording, 'recording_deleted', { role: 'system' }).catch((error: unknown) => {
          // The conversation is gone, too: there is nobody to tell.
          if (!(error instanceof RapportError) || error.code !== 'not_found') throw error;
        });
      }
    },
  };
}
