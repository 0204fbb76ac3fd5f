import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';

/** The whole library, with what it hears told by name; its own state comes first. */
export function openLongPolling(
  address: string,
  options: Partial<ManagerOptions & SocketOptions>,
  onHeard: (socket: Socket, name: string, args: unknown[]) => void,
): Socket {
  const socket = io(address, { ...options, transports: ['polling', 'websocket'] });
  for (const name of ['connect', 'disconnect', 'connect_error'] as const) {
    socket.on(name, (...args: unknown[]) => onHeard(socket, name, args));
  }
  socket.onAny((name: string, ...args: unknown[]) => onHeard(socket, name, args));
  return socket;
}
