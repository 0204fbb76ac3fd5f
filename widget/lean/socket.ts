import type { Socket as FullSocket, ManagerOptions, SocketOptions } from 'socket.io-client';
import * as packetType from './packet-type.ts';
import { textParser } from './text-parser.ts';

/**
 * The widget's build puts this in the place of `socket.io-client` (docs/decisions/0006-lean-socket.md): the part of its
 * API that the widget uses, over WebSocket. Where the network lets no WebSocket through, the full library is fetched
 * and takes over with long-polling.
 *
 * Engine.IO 4 puts one digit before a text packet; bytes are Socket.IO packets as they are.
 */

type Listener = (...args: never[]) => void;
type Options = Partial<ManagerOptions & SocketOptions>;

interface Packet {
  type: number;
  nsp: string;
  data?: unknown;
  id?: number;
}

// Types of Engine.IO's packets.
const engineOpen = '0';
const engineClose = '1';
const enginePing = '2';
const enginePong = '3';
const engineMessage = '4';

/** A WebSocket has been opened from this page: the network lets them through. */
let hasOpened = false;

class LeanSocket {
  connected = false;
  /** Comes back by itself after a lost connection; false before the first and when one side closed the door. */
  active = false;
  id: string | undefined;

  readonly #uri: URL;
  readonly #options: Options;
  readonly #parser: typeof textParser;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #acks = new Map<number, Listener>();
  #nextAck = 0;
  #attempts = 0;
  #ws: WebSocket | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #silenceMs = 45_000;
  #full: FullSocket | undefined;

  constructor(uri: string, options: Options) {
    this.#uri = new URL(uri);
    this.#options = options;
    this.#parser = (options.parser as typeof textParser | undefined) ?? textParser;
    if (options.autoConnect !== false) this.connect();
  }

  /** As much of the library's manager as its users look into: what waits to be sent. */
  get io() {
    if (this.#full) return this.#full.io;
    return { engine: this.#ws && { writeBuffer: [], transport: { ws: this.#ws } } };
  }

  connect(): this {
    if (this.#full) this.#full.connect();
    else if (!this.#ws) {
      this.active = true;
      clearTimeout(this.#retry);
      this.#open();
    }
    return this;
  }

  disconnect(): this {
    this.active = false;
    clearTimeout(this.#retry);
    removeEventListener('online', this.#onOnline);
    if (this.#full) this.#full.disconnect();
    else if (this.#ws) {
      if (this.connected) this.#send({ type: packetType.disconnect, nsp: this.#uri.pathname });
      this.#drop('io client disconnect');
    }
    return this;
  }

  on(name: string, listener: Listener): this {
    const all = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, all.add(listener));
    return this;
  }

  off(name: string, listener: Listener): this {
    this.#listeners.get(name)?.delete(listener);
    return this;
  }

  removeAllListeners(): this {
    this.#listeners.clear();
    return this;
  }

  /** What is sent without a connection is lost: those who need more repeat it themselves. */
  emit(name: string, ...args: unknown[]): this {
    if (this.#full) {
      this.#full.emit(name, ...args);
      return this;
    }
    const packet: Packet = { type: packetType.event, nsp: this.#uri.pathname, data: [name, ...args] };
    const reply = args.at(-1);
    if (typeof reply === 'function') {
      packet.data = [name, ...args.slice(0, -1)];
      packet.id = this.#nextAck;
      this.#acks.set(this.#nextAck, reply as Listener);
      this.#nextAck += 1;
    }
    if (this.connected) this.#send(packet);
    return this;
  }

  #tell(name: string, ...args: unknown[]) {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(...(args as never[]));
  }

  #send(packet: Packet) {
    for (const frame of new this.#parser.Encoder().encode(packet as never)) {
      this.#ws?.send((typeof frame === 'string' ? engineMessage + frame : frame) as string);
    }
  }

  #open() {
    const { protocol, host, pathname } = this.#uri;
    const { path = '/socket.io', query = {}, timeout = 20_000 } = this.#options;
    const search = new URLSearchParams({
      ...(query as Record<string, string>),
      EIO: '4',
      transport: 'websocket',
    });
    const decoder = new this.#parser.Decoder();
    decoder.on('decoded', (packet) => this.#onPacket(packet));
    const ws = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}${path}/?${search}`);
    this.#ws = ws;
    ws.binaryType = 'arraybuffer';
    this.#expectWithin(timeout);
    ws.onmessage = ({ data }) => {
      if (this.#ws !== ws) return;
      try {
        if (typeof data !== 'string') return decoder.add(data as never);
        const rest = data.slice(1);
        if (data[0] === engineOpen) {
          hasOpened = true;
          const { pingInterval, pingTimeout } = JSON.parse(rest) as {
            pingInterval: number;
            pingTimeout: number;
          };
          this.#silenceMs = pingInterval + pingTimeout;
          this.#expectWithin(timeout);
          this.#greet(ws, pathname);
        } else if (data[0] === enginePing) {
          ws.send(enginePong);
          this.#expectWithin(this.#silenceMs);
        } else if (data[0] === engineMessage) {
          decoder.add(rest);
        } else if (data[0] === engineClose) {
          this.#lose('transport close');
        }
      } catch (error) {
        this.#lose('parse error', error);
      }
    };
    ws.onclose = () => {
      if (this.#ws === ws) this.#lose('transport close');
    };
    addEventListener('offline', this.#onOffline);
  }

  #greet(ws: WebSocket, nsp: string) {
    const { auth } = this.#options;
    const send = (data: object) => {
      if (this.#ws === ws) this.#send({ type: packetType.connect, nsp, data });
    };
    if (typeof auth === 'function') auth(send);
    else send(auth ?? {});
  }

  #onPacket({ type, nsp, data, id }: Packet) {
    if (nsp !== this.#uri.pathname) return;
    if (type === packetType.connect) {
      this.id = (data as { sid?: string } | undefined)?.sid;
      this.connected = true;
      this.#attempts = 0;
      this.#expectWithin(this.#silenceMs);
      this.#tell('connect');
    } else if (type === packetType.connectError) {
      const { message, data: detail } = data as { message?: string; data?: unknown };
      this.active = false;
      this.#drop('io server disconnect');
      this.#tell('connect_error', Object.assign(new Error(message), { data: detail }));
    } else if (type === packetType.event) {
      const [name, ...args] = data as [string, ...unknown[]];
      this.#tell(name, ...args);
    } else if (type === packetType.ack && id !== undefined) {
      const reply = this.#acks.get(id);
      this.#acks.delete(id);
      reply?.(...(data as never[]));
    } else if (type === packetType.disconnect) {
      this.active = false;
      this.#drop('io server disconnect');
    }
  }

  /** Half-open connections do not end by themselves: the server pings, and its silence is a loss. */
  #expectWithin(ms: number) {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lose('ping timeout'), ms);
  }

  #drop(reason: string, detail?: unknown) {
    const ws = this.#ws;
    const wasConnected = this.connected;
    clearTimeout(this.#silence);
    removeEventListener('offline', this.#onOffline);
    this.#ws = undefined;
    this.connected = false;
    this.id = undefined;
    this.#acks.clear();
    ws?.close();
    if (wasConnected) this.#tell('disconnect', reason, detail);
  }

  #lose(reason: string, detail?: unknown) {
    const wasConnected = this.connected;
    this.#drop(reason, detail);
    if (!wasConnected) this.#tell('connect_error', new Error(reason));
    // A listener may have closed or reopened it.
    if (!this.active || this.#ws || this.#full) return;
    if (!hasOpened) void this.#fallBack();
    this.#comeBack();
  }

  #comeBack() {
    const { reconnectionDelay = 1_000, reconnectionDelayMax = 5_000 } = this.#options;
    const fullMs = Math.min(reconnectionDelayMax, reconnectionDelay * 2 ** this.#attempts);
    this.#attempts += 1;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(this.#onOnline, fullMs * (0.5 + Math.random()));
    addEventListener('online', this.#onOnline, { once: true });
  }

  readonly #onOnline = () => {
    removeEventListener('online', this.#onOnline);
    if (this.active && !this.#full && !this.#ws) this.connect();
  };

  readonly #onOffline = () => this.#lose('transport close');

  /** The library is fetched from the server we cannot open a WebSocket to: when that works, HTTP gets through. */
  async #fallBack() {
    try {
      const { openLongPolling } = await import('./long-polling.ts');
      if (hasOpened || this.#full || !this.active) return;
      this.#drop('transport close');
      clearTimeout(this.#retry);
      this.#full = openLongPolling(this.#uri.href, this.#options, (full, name, args) => {
        this.connected = full.connected;
        this.active = full.active;
        this.id = full.id;
        this.#tell(name, ...args);
      });
    } catch {
      // The server is not reachable at all; the next try comes by itself.
    }
  }
}

export function io(uri: string, options: Options = {}): LeanSocket {
  return new LeanSocket(uri, options);
}
