import { type AddressInfo, connect, createServer, Socket } from 'node:net';
import { Transform } from 'node:stream';

/** What the network does to the connections through a proxy. */
export interface NetworkFaults {
  /** Milliseconds that every piece of data waits, in each direction: half of the added round trip. */
  delayMs: number;
  /** Bytes a second that each direction of each connection lets through; null: no limit. */
  bytesPerSecond: number | null;
  /** Everything sent vanishes and both ends believe that all is well: a lost network, a closed laptop. */
  dropped: boolean;
  /** New connections are reset at once: the server is down. */
  refused: boolean;
}

export interface FaultProxy {
  port: number;
  /** `http://localhost:PORT`, in place of the target's. */
  origin: string;
  /** Changes how the network behaves from now on; what is not named stays. */
  set(faults: Partial<NetworkFaults>): void;
  /** Resets every open connection, as a changed network does. */
  cut(): void;
  /** Back to a perfect network. Connections that lost something are cut, since nothing can bring it back. */
  heal(): void;
  connections(): number;
  close(): Promise<void>;
}

type Pair = [near: Socket, far: Socket];

const perfect: NetworkFaults = { delayMs: 0, bytesPerSecond: null, dropped: false, refused: false };

/** A TCP proxy that misbehaves on command. It knows nothing of HTTP, so WebSockets and polling go through alike. */
export async function startFaultProxy(target: {
  port: number;
  host?: string;
  /** Address of this machine to come from, so that the server sees clients of different addresses. */
  localAddress?: string;
}): Promise<FaultProxy> {
  let faults = perfect;
  const pairs = new Set<Pair>();
  const wounded = new Set<Pair>();

  const reset = (pair: Pair) => {
    pairs.delete(pair);
    wounded.delete(pair);
    for (const socket of pair) socket.resetAndDestroy();
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    if (faults.refused) {
      near.resetAndDestroy();
      return;
    }
    const far = faults.dropped
      ? new Socket()
      : connect({
          port: target.port,
          host: target.host ?? 'localhost',
          ...(target.localAddress ? { localAddress: target.localAddress } : {}),
          allowHalfOpen: true,
          noDelay: true,
        });
    const pair: Pair = [near, far];
    const onLoss = () => wounded.add(pair);
    pairs.add(pair);
    if (faults.dropped) onLoss();
    for (const socket of pair) {
      // A lost network tells neither end that the other has gone.
      socket.on('error', () => (faults.dropped ? onLoss() : reset(pair)));
      socket.on('close', () => {
        if (near.destroyed && far.destroyed) pairs.delete(pair);
      });
    }
    near.pipe(createLink(() => faults, onLoss)).pipe(far);
    far.pipe(createLink(() => faults, onLoss)).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  return {
    port,
    origin: `http://localhost:${port}`,
    set(changed) {
      faults = { ...faults, ...changed };
    },
    cut() {
      for (const pair of pairs) reset(pair);
    },
    heal() {
      faults = perfect;
      for (const pair of wounded) reset(pair);
    },
    connections: () => pairs.size,
    close() {
      closing ??= new Promise((resolve) => {
        server.close(() => resolve());
        for (const pair of pairs) reset(pair);
      });
      return closing;
    },
  };
}

/** One direction of a connection. Pieces leave in their order, each when its time has come. */
function createLink(faultsNow: () => NetworkFaults, onLoss: () => void): Transform {
  const queue: Array<{ piece: Buffer; leavesAtMs: number }> = [];
  let timer: NodeJS.Timeout | undefined;
  let lineFreeAtMs = 0;
  let onLineFree: (() => void) | null = null;
  let onEmpty: (() => void) | null = null;

  const pump = () => {
    const nowMs = performance.now();
    while (queue[0] && queue[0].leavesAtMs <= nowMs) {
      const { piece } = queue.shift() ?? {};
      if (faultsNow().dropped) onLoss();
      else link.push(piece);
    }
    if (onLineFree && lineFreeAtMs <= nowMs) {
      const free = onLineFree;
      onLineFree = null;
      free();
    }
    const nextMs = Math.min(queue[0]?.leavesAtMs ?? Infinity, onLineFree ? lineFreeAtMs : Infinity);
    clearTimeout(timer);
    if (nextMs < Infinity) {
      timer = setTimeout(pump, Math.max(1, nextMs - nowMs));
    } else if (onEmpty) {
      const empty = onEmpty;
      onEmpty = null;
      empty();
    }
  };
  const link: Transform = new Transform({
    transform(piece: Buffer, _encoding, done) {
      const { delayMs, bytesPerSecond } = faultsNow();
      const nowMs = performance.now();
      const onLineMs = bytesPerSecond === null ? 0 : (piece.length / bytesPerSecond) * 1000;
      lineFreeAtMs = Math.max(lineFreeAtMs, nowMs) + onLineMs;
      queue.push({ piece, leavesAtMs: lineFreeAtMs + delayMs });
      // A delay holds many pieces in flight; a throttle takes the next one only when this one is on the line.
      if (onLineMs > 0) onLineFree = done;
      else done();
      pump();
    },
    flush(done) {
      // The end of a connection travels behind its data, and is lost as they are.
      onEmpty = () => (faultsNow().dropped ? onLoss() : done());
      pump();
    },
    destroy(error, done) {
      clearTimeout(timer);
      done(error);
    },
  });
  return link;
}
