/**
 * Types of `window.rapport`, the calls that a page makes to Rapport's widget. Copy the file from your server
 * (`https://help.example/rapport.d.ts`) into your project; nothing has to be imported in scripts that call it.
 *
 * Calls made before the widget has loaded are kept and run in order; see docs/embed.md for the stub that keeps them.
 * Nothing here throws: a call that makes no sense warns once in the browser's console.
 */

/** What a page tells of a customer beyond name and address: at most 50, a text at most 500 characters. */
export type RapportAttributes = Record<string, string | number | boolean>;

/** Who the visitor is, in the page's own words: agents see it as not verified. */
export interface RapportCustomer {
  /** At most 120 characters. Null takes it away; a missing part stays as it is. */
  name?: string | null;
  email?: string | null;
  /** Merged by name; null takes one away. */
  attributes?: Record<string, string | number | boolean | null>;
}

/**
 * Asks your server for a short-lived JWT that says who is signed in: aud = the site's public key, sub = your id of the
 * customer, exp. Called when a token is needed first, shortly before one expires, and when the server says that it has.
 */
export type RapportTokenSource = () => string | Promise<string>;

export interface RapportOpenOptions {
  /** `new` begins another conversation; `conversations` shows the first view with the list. Default: what is under way. */
  view?: 'new' | 'conversations';
  /** Stands in the message field, to be changed and sent by the visitor; a text already begun there is kept. */
  message?: string;
}

/** Events by name, with what a listener gets. Each is also a DOM event on `window`: `rapport:NAME`, the same in `detail`. */
export interface RapportEvents {
  /** The launcher can be shown. A listener that comes later is called all the same, once. */
  ready: undefined;
  open: undefined;
  close: undefined;
  /** The launcher was shown or hidden by a call. */
  show: undefined;
  hide: undefined;
  /** The number of messages that the visitor has not read. */
  unread: { count: number };
  /** A message was added; its text stays between visitor and agent. */
  message: { from: 'visitor' | 'agent'; atMs: number };
  conversation_started: { conversationId: string };
  /** Closed by the visitor or an agent. */
  conversation_ended: { conversationId: string };
  /** The server knows who the visitor is. */
  identified: { name: string | null; email: string | null; verified: boolean };
  /** A code such as `identity_invalid`, `identity_expired`, `identity_required` or `malformed`; `get_token_failed` is yours. */
  identity_error: { error: string };
  cobrowse_started: { sessionId: string };
  /** Nothing is sent for a while: the visitor has paused, the site's rules keep this page, or the page hides Stop. */
  cobrowse_paused: { sessionId: string; reason: 'visitor' | 'page' | 'blocked' };
  cobrowse_resumed: { sessionId: string };
  cobrowse_ended: { sessionId: string };
  /** An agent may act on the page from now on (`agent` is the name), or no longer (null). */
  cobrowse_control: { sessionId: string; agent: string | null };
  /** Something in the widget failed; the page is not affected. */
  error: { message: string };
}

/** Commands by name, with what they take. */
export interface RapportCommands {
  /** Opens the panel, also when the launcher is hidden. */
  open(options?: RapportOpenOptions): void;
  close(): void;
  toggle(): void;
  /** Shows or hides the launcher. Hiding closes the panel. */
  show(): void;
  hide(): void;
  /** Says who the visitor is: signed (a JWT, or a function that gets one) or not (an object). */
  identify(customer: RapportCustomer | RapportTokenSource | string): void;
  /** Adds to the customer's attributes. */
  set(attributes: Record<string, string | number | boolean | null>): void;
  /** Tells the agents what happened, e.g. `track('order placed', { total: 40 })`. Kept in the tab until the visitor acts. */
  track(name: string, properties?: RapportAttributes): void;
  /** Sound of new messages, in this browser. */
  mute(): void;
  unmute(): void;
  /** Moves the chat into a window of its own; call it from a click. */
  popout(): void;
  /** Ends the conversation that is under way; the visitor can undo it for 6 seconds. */
  endChat(): void;
  /** Calls the listener at each event; returns a function that ends it. */
  on<E extends keyof RapportEvents>(name: E, listener: (detail: RapportEvents[E]) => void): () => void;
  /** The same, for the next event only. */
  once<E extends keyof RapportEvents>(name: E, listener: (detail: RapportEvents[E]) => void): () => void;
  /** Ends what `on` or `once` began with the same listener. */
  off<E extends keyof RapportEvents>(name: E, listener: (detail: RapportEvents[E]) => void): void;
  /** Asks the visitor to share the page, shows a code to read out on the telephone, or ends the sharing. */
  cobrowse(what: 'start' | 'code' | 'stop'): void;
  /** Forgets the visitor in this browser, in all tabs. Call it when somebody signs out. */
  reset(): void;
}

export interface Rapport {
  (command: 'open', options?: RapportOpenOptions): void;
  (command: 'close' | 'toggle' | 'show' | 'hide' | 'mute' | 'unmute' | 'popout' | 'endChat' | 'reset'): void;
  (command: 'identify', customer: RapportCustomer | RapportTokenSource | string): void;
  (command: 'set', attributes: Record<string, string | number | boolean | null>): void;
  (command: 'track', name: string, properties?: RapportAttributes): void;
  <E extends keyof RapportEvents>(
    command: 'on' | 'once',
    name: E,
    listener: (detail: RapportEvents[E]) => void,
  ): () => void;
  <E extends keyof RapportEvents>(
    command: 'off',
    name: E,
    listener: (detail: RapportEvents[E]) => void,
  ): void;
  (command: 'cobrowse', what: 'start' | 'code' | 'stop'): void;
  /** Version of the widget; missing until it has loaded. */
  readonly version?: string;
  /** Calls kept by the stub. */
  q?: ArrayLike<unknown>[];
}

declare global {
  interface Window {
    rapport: Rapport;
  }
  var rapport: Rapport;
  interface WindowEventMap extends RapportDomEvents {}
}

export type RapportDomEvents = {
  [E in keyof RapportEvents as `rapport:${E}`]: CustomEvent<RapportEvents[E]>;
};
