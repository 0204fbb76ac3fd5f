import { type ReadonlySignal, signal } from '@preact/signals';
import { io, type Socket } from 'socket.io-client';
import { type ErrorCode, errorTable } from '../../shared/errors.ts';
import {
  type agentRelayFacts,
  type EventsOfTuples,
  type Pointer,
  relayPath,
  type relayToAgent,
} from '../../shared/protocol.ts';
import * as parser from '../../shared/relay-parser.ts';
import type { SayAssist } from './tools/assist.ts';

export type RelayLink = 'connecting' | 'online' | 'offline';

export interface RelayConnectionParts {
  /** Origin of the server; empty for the page's own. */
  origin?: string;
  sessionId: string;
  accessToken(): Promise<string>;
  facts: EventsOfTuples<typeof relayToAgent>;
  /** The relay turned us away or cut the line; the session may be over. */
  onRefused(code: ErrorCode): void;
}

export interface RelayConnection {
  link: ReadonlySignal<RelayLink>;
  point(pointer: Pointer | null): void;
  /** Null: follow the tab that the visitor is on. */
  chooseTab(tab: string | null): void;
  wantEpoch(tab: string, isDamaged: boolean): void;
  say: SayAssist;
  close(): void;
}

const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(errorTable, text);

/** The agent's line to one co-browse stream. The relay sends everything anew after each connect. */
export function createRelayConnection(parts: RelayConnectionParts): RelayConnection {
  const link = signal<RelayLink>('connecting');
  const socket: Socket<EventsOfTuples<typeof relayToAgent>, EventsOfTuples<typeof agentRelayFacts>> = io(
    `${parts.origin ?? ''}/agent`,
    {
      path: relayPath,
      parser,
      query: { cobrowse: parts.sessionId },
      transports: ['websocket', 'polling'],
      forceNew: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 4_000,
      auth: (answer) => {
        parts.accessToken().then(
          (accessToken) => answer({ accessToken }),
          () => answer({ accessToken: '' }),
        );
      },
    },
  );
  socket.on('connect', () => {
    link.value = 'online';
  });
  socket.on('disconnect', (reason) => {
    link.value = 'offline';
    if (reason === 'io server disconnect') parts.onRefused('unavailable');
  });
  socket.on('connect_error', (error) => {
    link.value = 'offline';
    /** An active socket tries again by itself. */
    if (!socket.active) parts.onRefused(isErrorCode(error.message) ? error.message : 'unavailable');
  });
  const { facts } = parts;
  socket.on('epoch:started', (start) => facts['epoch:started'](start));
  socket.on('batch:sent', (header, bytes) => facts['batch:sent'](header, bytes));
  socket.on('asset:sent', (header, bytes) => facts['asset:sent'](header, bytes));
  socket.on('tabs:changed', (tabs) => facts['tabs:changed'](tabs));
  socket.on('viewers:changed', (viewers) => facts['viewers:changed'](viewers));
  socket.on('control:changed', (state) => facts['control:changed'](state));
  socket.on('control:acted', (fact) => facts['control:acted'](fact));
  socket.on('mark:added', (fact) => facts['mark:added'](fact));
  socket.on('mark:removed', (fact) => facts['mark:removed'](fact));

  return {
    link,
    /** Volatile: a pointer that cannot be told now is of no use later. */
    point: (pointer) => void socket.volatile.emit('pointer:moved', { pointer }),
    chooseTab: (tab) => void (socket.connected && socket.emit('tab:wanted', { tab })),
    wantEpoch(tab, isDamaged) {
      if (socket.connected) socket.emit('epoch:wanted', isDamaged ? { tab, damaged: true } : { tab });
    },
    say(name, ...fact) {
      if (socket.connected) socket.emit(name, ...fact);
    },
    close() {
      socket.removeAllListeners();
      socket.disconnect();
      link.value = 'offline';
    },
  };
}
