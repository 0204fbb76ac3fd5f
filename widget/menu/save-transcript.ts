import type { Entry } from '../../shared/model/conversation.ts';
import type { Connection } from '../connection.ts';
import { transcriptFileName, transcriptText } from './transcript.ts';

/** Fetches the whole log, whatever of it is here, and hands it to the browser as a file. */
export async function saveTranscript(parts: {
  connection: Pick<Connection, 'request'>;
  conversationId: string;
  site: string;
  nowMs: number;
}): Promise<boolean> {
  const { connection, conversationId, site, nowMs } = parts;
  const entries: Entry[] = [];
  for (let hasMore = true; hasMore; ) {
    const afterSeq = entries.at(-1)?.seq ?? 0;
    const reply = await connection.request('entries:fetch', { conversationId, afterSeq });
    if (!reply.ok) return false;
    entries.push(...reply.entries);
    hasMore = reply.hasMore && reply.entries.length > 0;
  }
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const text = transcriptText({ site, entries, savedAtMs: nowMs, timeZone, language: undefined });
  // The mark at the beginning tells old editors that it is UTF-8.
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = transcriptFileName(site, nowMs);
  link.click();
  URL.revokeObjectURL(url);
  return true;
}
