import type { OutboxShelf } from './outbox.ts';
import type { OutboxItem } from './outbox-item.ts';

const table = 'outbox';
/** Some browsers leave the opening unanswered; a message must not wait for it. */
const openPatienceMs = 3_000;

/** With the visitor whose it is: what one visitor wrote is never another one's to send. */
type Kept = OutboxItem & { owner: string };

/** Outbox in IndexedDB. Falls back to memory where the browser has none to give (private modes, blocked storage). */
export function createOutboxShelf(parts: {
  name: string;
  /** Names the visitor of this moment. */
  owner(): string;
  report: (error: unknown) => void;
}): OutboxShelf {
  const { name, owner, report } = parts;
  const memory = new Map<string, Kept>();
  /** Null: memory only. */
  let opening: Promise<IDBDatabase | null> | undefined;

  function database(): Promise<IDBDatabase | null> {
    opening ??= open(name, onGone).catch((error: unknown) => {
      report(error);
      return null;
    });
    return opening;
  }

  function onGone() {
    opening = undefined;
  }

  async function write(change: (store: IDBObjectStore) => void): Promise<void> {
    const db = await database();
    if (!db) return;
    // Relaxed is the browsers' default: a sent-looking text would be lost with a power cut.
    const transaction = db.transaction(table, 'readwrite', { durability: 'strict' });
    change(transaction.objectStore(table));
    await done(transaction);
  }

  /** Runs on the disk's copy; when that fails, what is in memory still gets sent by this page. */
  async function safely(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      report(error);
      opening = Promise.resolve(null);
    }
  }

  return {
    async all() {
      let kept = [...memory.values()];
      await safely(async () => {
        const db = await database();
        if (!db) return;
        const request = db.transaction(table).objectStore(table).getAll() as IDBRequest<Kept[]>;
        await done(request.transaction);
        kept = request.result;
      });
      const ours = owner();
      return kept.filter((one) => one.owner === ours).map(({ owner: _, ...item }) => item);
    },
    async put(items) {
      const kept = items.map((item): Kept => ({ ...item, owner: owner() }));
      for (const item of kept) memory.set(item.clientId, item);
      await safely(() =>
        write((store) => {
          for (const item of kept) store.put(item);
        }),
      );
    },
    async remove(clientId) {
      memory.delete(clientId);
      await safely(() => write((store) => store.delete(clientId)));
    },
    drop: () => memory.clear(),
    async forget() {
      memory.clear();
      const db = await database();
      if (!db) return;
      db.close();
      indexedDB.deleteDatabase(name);
      // The next item opens a new one.
      opening = undefined;
    },
  };
}

function open(name: string, onGone: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    setTimeout(() => reject(new Error('IndexedDB does not open')), openPatienceMs);
    request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath: 'clientId' });
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      // Another tab forgets the visitor: do not stand in its way. The next item opens a new one.
      db.onversionchange = () => {
        db.close();
        onGone();
      };
      db.onclose = onGone;
      resolve(db);
    };
  });
}

function done(transaction: IDBTransaction | null): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!transaction) return resolve();
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
