import { h, render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { checkShareLog, type ShareLogEntry } from '../../shared/model/share-log.ts';
import type { Connection } from '../connection.ts';
import { adoptStyles } from '../ui/adopt-styles.ts';
import { shareLogStyles } from './share-log-styles.ts';
import * as texts from './texts.ts';

export interface ShareLogParts {
  root: ShadowRoot;
  connection: Pick<Connection, 'request'>;
  site: string;
}

const adopted = new WeakSet<ShadowRoot>();

/** Opens the visitor's record of what was shared, over everything. The one way in, from wherever it is asked for. */
export function openShareLog(parts: ShareLogParts): void {
  const { root } = parts;
  if (!adopted.has(root)) adoptStyles(root, shareLogStyles);
  adopted.add(root);
  const place = document.createElement('div');
  root.append(place);
  const onClose = () => {
    render(null, place);
    place.remove();
  };
  render(h(ShareLog, { ...parts, onClose }), place);
}

/** All of it, page by page; null when it could not be read. */
async function readAll(connection: ShareLogParts['connection']): Promise<ShareLogEntry[] | null> {
  const entries: ShareLogEntry[] = [];
  for (let hasMore = true; hasMore; ) {
    const reply = await connection.request('share:read', { afterSeq: entries.length });
    if (!reply.ok) return null;
    entries.push(...reply.entries);
    hasMore = reply.hasMore;
  }
  return entries;
}

async function sha256(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function save(site: string, entries: ShareLogEntry[]): void {
  const savedAt = new Date().toISOString();
  const content = JSON.stringify({ site, savedAt, entries }, null, 1);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
  link.download = texts.fileName(site, savedAt.slice(0, 10));
  link.click();
  URL.revokeObjectURL(link.href);
}

function ShareLog({ connection, site, onClose }: ShareLogParts & { onClose(): void }) {
  const [entries, setEntries] = useState<ShareLogEntry[] | null>(null);
  const [said, setSaid] = useState(texts.reading);
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    dialog.current?.showModal();
    void readAll(connection).then((all) => {
      setEntries(all);
      setSaid(all === null ? texts.failed : all.length === 0 ? texts.nothing : '');
    });
  }, []);

  async function check() {
    if (!entries) return;
    // Only where the page came over a safe line has it the means.
    if (!globalThis.crypto?.subtle) return setSaid(texts.noCheck);
    const found = await checkShareLog(entries, sha256);
    setSaid(found.ok ? texts.whole(found.entries, found.lastHash) : texts.changed(found.seq));
  }

  const some = entries !== null && entries.length > 0;
  return (
    <dialog ref={dialog} class="sl" aria-labelledby="rapport-share-log" onClose={onClose}>
      <div class="sl-head">
        <h2 id="rapport-share-log">{texts.title}</h2>
        <p>{texts.about}</p>
      </div>
      {some && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: by keyboard a list that scrolls is reached only so.
        <section class="sl-list" tabIndex={0} aria-labelledby="rapport-share-log">
          {sessionsOf(entries).map((session) => (
            <Session key={session[0]?.sessionId} entries={session} />
          ))}
        </section>
      )}
      <p class="sl-said" role="status">
        {said}
      </p>
      <div class="sl-foot">
        {some && (
          <>
            <button type="button" onClick={() => save(site, entries)}>
              {texts.download}
            </button>
            <button type="button" onClick={() => void check()}>
              {texts.check}
            </button>
          </>
        )}
        <button type="button" onClick={() => dialog.current?.close()}>
          {texts.close}
        </button>
      </div>
    </dialog>
  );
}

/** Newest session first, each in the order of time. */
function sessionsOf(entries: readonly ShareLogEntry[]): ShareLogEntry[][] {
  const sessions = new Map<string, ShareLogEntry[]>();
  for (const entry of entries) {
    sessions.set(entry.sessionId, [...(sessions.get(entry.sessionId) ?? []), entry]);
  }
  return [...sessions.values()].reverse();
}

function Session({ entries }: { entries: readonly ShareLogEntry[] }) {
  const names = new Map<string, string>();
  const day = new Date(entries[0]?.atMs ?? 0).toLocaleDateString(undefined, { dateStyle: 'long' });
  const words = ({ event }: ShareLogEntry): string => {
    switch (event.type) {
      case 'started':
        return event.control ? texts.withControl : texts.started;
      case 'joined':
        names.set(event.agentId, event.name);
        return texts.joined(event.name);
      case 'left':
        return texts.left(names.get(event.agentId) ?? texts.someone);
      case 'page':
        return event.address;
      case 'ended':
        return texts.ended[event.reason];
    }
  };
  return (
    <div>
      <h3>{day}</h3>
      <ul>
        {entries.map((entry) => (
          <li key={entry.seq}>
            <time dateTime={new Date(entry.atMs).toISOString()}>
              {new Date(entry.atMs).toLocaleTimeString(undefined, { timeStyle: 'short' })}
            </time>
            <span dir="auto">{words(entry)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
