import { Decoder as SocketIoDecoder } from 'socket.io-parser';

export { Encoder } from 'socket.io-parser';

/**
 * Socket.IO's own parser without binary attachments: chat has none, and packets that wait for theirs are memory that
 * anybody could make us hold.
 */
export class Decoder extends SocketIoDecoder {
  constructor() {
    super({ maxAttachments: 0 });
  }
}
