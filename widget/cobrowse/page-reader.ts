import type { PieceFilter, PrivacyFilter } from './privacy-filter.ts';
import type { IncrementalData, NodeRecord, RecordedEvent } from './recorded-event.ts';
import type { NodeReading } from './recorder.ts';

type Piece = NonNullable<ReturnType<PieceFilter['piece']>>;

export interface PageReaderParts {
  document: Document;
  reading: NodeReading;
  idOf(node: Node): number;
  nodeOf(id: number): Node | null;
  filter: PieceFilter & Pick<PrivacyFilter, 'pass'>;
  /** The whole page as it is at this moment. `follow` has to be called when changes are passed on again. */
  onRead(events: RecordedEvent[], follow: () => void, spentMs: number): void;
  onFault(): void;
}

export interface PageReader {
  /** What the recorder says while the page is read. */
  heard(event: RecordedEvent): void;
  /** Reads one node anew. */
  again(node: Node): void;
  stop(): void;
}

interface Entry extends Piece {
  node: Node;
}

/** A slice of reading: with what a frame needs besides, input is answered in time. */
const sliceMs = 12;
/** A page that changes faster than it can be read is read to its end at once. */
const patienceMs = 8_000;
/** Children between two looks at the clock. */
const childrenPerLook = 12;
/** Moves of the pointer while the page is read say nothing afterwards. */
const fleeting = new Set([1, 2, 6, 12]);
const maxHeard = 2_000;
const ignoredNode = -2;

/**
 * Reads a page in slices, so that a large one holds nobody up. rrweb goes on recording meanwhile and is not believed but
 * followed: what it says has changed is read again, until nothing is left to read. What comes out is the page of that one
 * moment, so no change needs to be told after it.
 */
export function createPageReader(parts: PageReaderParts): PageReader {
  const { document, filter, idOf, nodeOf, reading } = parts;
  const nowMs = () => performance.now();
  const entries = new Map<number, Entry>();
  /** Nodes whose children are to be listed. */
  const open = new Set<Node>();
  let styles: Element[] | null = null;
  /** Style sheets are long: none is read twice. */
  const styleRecords = new Map<Node, NodeRecord>();
  const loading = new Set<Node>();
  const meanwhile: RecordedEvent[] = [];
  const { port1, port2 } = new MessageChannel();
  const startMs = nowMs();
  let root: Entry | null = null;
  let untilMs = 0;
  let spentMs = 0;
  let isStopped = false;

  function stop(): void {
    isStopped = true;
    port1.close();
    entries.clear();
    open.clear();
    styleRecords.clear();
  }

  function enter(node: Node): Entry | null {
    const record = styleRecords.get(node) ?? reading.read(node, isInSheet(node));
    styleRecords.delete(node);
    const piece = record && filter.piece(record);
    if (!record || !piece) return null;
    let entry = entries.get(record.id);
    const wasOpen = entry?.isOpen;
    if (entry) renew(entry, piece);
    else {
      entry = { ...piece, node };
      entries.set(record.id, entry);
    }
    if (entry.isOpen && !wasOpen) open.add(node);
    if (/^(?:iframe|link)$/.test((node as Element).localName)) loading.add(node);
    if (node.nodeType === 3) for (const other of filter.spannedWith(node)) if (other !== node) hideToo(other);
    return entry;
  }

  /** Text of a style sheet whose rules are told with its element. */
  function isInSheet(node: Node): boolean {
    const parent = node.nodeType === 3 && node.parentNode && entries.get(idOf(node.parentNode))?.clean;
    return Boolean(parent && parent.type === 2 && '_cssText' in parent.attributes);
  }

  /** The object stays: the list of its parent holds it. */
  function renew(entry: Entry, piece: Piece): void {
    const { clean } = entry;
    const children = 'childNodes' in clean ? clean.childNodes : [];
    for (const name of Object.keys(clean)) delete (clean as unknown as Record<string, unknown>)[name];
    Object.assign(clean, piece.clean);
    if ('childNodes' in clean) clean.childNodes = piece.isOpen ? children : [];
    entry.isOpen = piece.isOpen;
  }

  /** Read before, when the number that it holds a part of was not there yet. */
  function hideToo(node: Node): void {
    const entry = entries.get(idOf(node));
    if (entry?.clean.type !== 3) return;
    const piece = filter.piece({ ...entry.clean, textContent: node.nodeValue ?? '' });
    if (piece) renew(entry, piece);
  }

  /** False when time was up before the end. */
  function list(node: Node): boolean {
    const entry = entries.get(idOf(node));
    if (!entry?.isOpen || !('childNodes' in entry.clean)) return true;
    const children: NodeRecord[] = [];
    let count = 0;
    for (const first of [node.firstChild, (node as Element).shadowRoot?.firstChild]) {
      for (let child: Node | null | undefined = first; child; child = child.nextSibling) {
        const id = idOf(child);
        if (id === ignoredNode) continue;
        let known = entries.get(id);
        // It was away, and came back to where rrweb could not follow it: what changed meanwhile was not told.
        if (known && nodeOf(id) !== child) known = undefined;
        if (!known) entries.delete(id);
        const next = known ?? enter(child);
        if (next) children.push(next.clean);
        if (!known && ++count % childrenPerLook === 0 && nowMs() > untilMs) return false;
      }
    }
    entry.clean.childNodes = children;
    return true;
  }

  function slice(): void {
    if (isStopped) return;
    try {
      const nowAtMs = nowMs();
      untilMs = nowAtMs - startMs > patienceMs ? Number.POSITIVE_INFINITY : nowAtMs + sliceMs;
      filter.beginTurn();
      begin();
      for (const node of open) {
        if (nowMs() > untilMs || !list(node)) break;
        open.delete(node);
      }
      spentMs += nowMs() - nowAtMs;
      if (open.size > 0 || !root) port2.postMessage(0);
      else finish(root.clean);
    } catch {
      stop();
      parts.onFault();
    }
  }

  /** Style sheets first: they say which attributes matter. */
  function begin(): void {
    styles ??= [...document.querySelectorAll('style,link')];
    for (let style = styles.shift(); style; style = styles.shift()) {
      const record = reading.read(style, false);
      if (record) {
        filter.learn(record);
        styleRecords.set(style, record);
      }
      if (nowMs() > untilMs) return;
    }
    if (root) return;
    root = enter(document);
    // At once: a document without its element would look like one that has been replaced.
    list(document);
  }

  function finish(node: NodeRecord): void {
    stop();
    const timestamp = Date.now();
    const view = { href: location.href, width: innerWidth, height: innerHeight };
    const initialOffset = { left: scrollX, top: scrollY };
    parts.onRead(
      [
        ...filter.pass({ type: 4, timestamp, data: view }),
        { type: 2, timestamp, data: { node, initialOffset } },
        ...filter.late(),
        ...meanwhile.flatMap((event) => filter.pass(event)),
      ],
      () => {
        for (const each of loading) if (each.isConnected) reading.follow(each);
        reading.adopt();
      },
      spentMs,
    );
  }

  function again(node: Node | null): void {
    if (!node) return;
    styleRecords.delete(node);
    if (entries.has(idOf(node))) enter(node);
    const { parentNode } = node;
    // Its rules are told with its element.
    if (node.nodeType === 3 && (parentNode as Element | null)?.localName === 'style') again(parentNode);
  }

  function follow(data: IncrementalData): boolean {
    if (data.source === 0) {
      filter.beginTurn();
      for (const change of data.attributes) {
        filter.markChanged(change);
        again(nodeOf(change.id));
      }
      for (const { id } of data.texts) again(nodeOf(id));
      for (const { node } of data.adds) entries.delete(node.id);
      for (const { parentId } of [...data.adds, ...data.removes]) {
        const parent = nodeOf(parentId);
        if (parent && entries.has(parentId)) open.add(parent);
        if ((parent as Element | null)?.localName === 'style') again(parent);
      }
      return true;
    }
    // Rules of a `<style>`: it is read again. Those of a constructed sheet follow the page.
    if ((data.source === 8 || data.source === 13) && data.id !== undefined && !data.styleId) {
      again(nodeOf(data.id));
      return true;
    }
    return fleeting.has(data.source);
  }

  port1.onmessage = slice;
  port2.postMessage(0);

  return {
    heard(event) {
      // The page's own size and address come with the picture.
      if (isStopped || event.type === 2 || event.type === 4 || (event.type === 3 && follow(event.data)))
        return;
      if (meanwhile.length < maxHeard) meanwhile.push(event);
    },
    again(node) {
      if (isStopped) return;
      filter.beginTurn();
      again(node);
    },
    stop,
  };
}
