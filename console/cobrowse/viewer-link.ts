import { type FromViewer, type Hello, hello, readFromViewer, type ToViewer } from '../viewer/port.ts';

export interface ViewerLinkParts {
  frame: HTMLIFrameElement;
  viewerOrigin: string;
  onMessage(message: FromViewer): void;
  /** The viewer did not answer: its origin is wrong, or nothing listens there. */
  onUnreachable(): void;
}

export interface ViewerLink {
  send(message: ToViewer): void;
  close(): void;
}

/** The viewer is a small page of ours; when it has not answered by then, it is not there. */
const answerWithinMs = 10_000;

/** Loads the isolated viewer into a frame and gives it one end of a channel; a reload of the frame gets no second one. */
export function createViewerLink({
  frame,
  viewerOrigin,
  onMessage,
  onUnreachable,
}: ViewerLinkParts): ViewerLink {
  const channel = new MessageChannel();
  let isGreeted = false;
  const timer = setTimeout(onUnreachable, answerWithinMs);

  const greet = () => {
    if (isGreeted) return;
    isGreeted = true;
    const greeting: Hello = { type: hello };
    /** Not delivered when another origin, or the browser's error page, is in the frame. */
    frame.contentWindow?.postMessage(greeting, viewerOrigin, [channel.port2]);
  };
  channel.port1.onmessage = ({ data }) => {
    const message = readFromViewer(data);
    if (!message) return;
    if (message.type === 'ready') clearTimeout(timer);
    onMessage(message);
  };
  frame.addEventListener('load', greet);
  frame.src = `${viewerOrigin}/viewer/`;

  return {
    send(message) {
      const bytes = 'bytes' in message ? [message.bytes.buffer] : [];
      channel.port1.postMessage(message, bytes);
    },
    close() {
      clearTimeout(timer);
      frame.removeEventListener('load', greet);
      channel.port1.close();
      frame.removeAttribute('src');
    },
  };
}
