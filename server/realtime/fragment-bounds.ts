import type { Server as HttpServer } from 'node:http';
import type { Server } from 'socket.io';

/**
 * Most pieces of one WebSocket message. A frame of ours is at most a few hundred kilobytes; sent in thousands of
 * one-byte pieces it would hold memory out of all proportion.
 */
const maxFragments = 64;
const maxBufferedChunks = 4_096;

/**
 * Bounds the pieces of a message on every connection of `io`. Engine.IO makes its WebSocket server anew when the HTTP
 * server begins to listen; `ws` reads these at each connection, and Engine.IO has no option for them.
 * Returns what undoes it.
 */
export function boundFragments(httpServer: HttpServer, io: Pick<Server, 'engine'>): () => void {
  const bound = () => {
    const ws: unknown = Reflect.get(io.engine, 'ws');
    const options: unknown = ws instanceof Object ? Reflect.get(ws, 'options') : null;
    if (!(options instanceof Object)) throw new Error('Engine.IO has no WebSocket server to set limits on');
    Object.assign(options, { maxFragments, maxBufferedChunks });
  };
  bound();
  httpServer.on('listening', bound);
  return () => httpServer.off('listening', bound);
}
