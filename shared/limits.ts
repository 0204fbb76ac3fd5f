/** Sizes, rates and durations that both ends rely on. */

/** Longest message text, in UTF-16 code units. Longer texts are refused, never cut. */
export const maxMessageChars = 8_000;
/** Longest comment on a survey answer. */
export const maxCommentChars = 2_000;
/** Longest page address or title kept. A longer one is cut by the sender. */
export const maxUrlChars = 2_048;
export const maxTitleChars = 300;

/** Files in one message. */
export const maxFilesPerMessage = 5;
/** Largest file a site owner can allow, in bytes; the default allows a fifth of it. */
export const maxFileBytes = 50 * 1024 * 1024;
export const defaultMaxFileBytes = 10 * 1024 * 1024;
/** Largest picture of an agent. */
export const maxAvatarBytes = 512 * 1024;
/** A file that no message has taken after this is removed. */
export const unsentFileMs = 24 * 60 * 60_000;
/** A message may be edited or taken back by its sender for this long. Notes: for ever. */
export const editableMs = 15 * 60_000;
/** Custom events kept per visitor; the oldest go. */
export const maxEventsPerVisitor = 200;
/** Custom events in one request. */
export const maxEventsPerRequest = 20;
/** Attributes of one customer. */
export const maxAttributes = 50;
/** Visitors on a site that are told to agents one by one; beyond it only their number is. */
export const maxLiveVisitors = 500;
/** A host's identity token may live at most this long. */
export const maxIdentityTokenMs = 24 * 60 * 60_000;
/** Longest search text. */
export const maxSearchChars = 200;

/** Largest frame on the chat connection: the longest message in four-byte characters, with room for its envelope. */
export const maxChatFrameBytes = 64 * 1024;
/** Deepest JSON accepted: a deeper value overflows the stack of the parser when it is sent on. */
export const maxJsonDepth = 16;

/** How long a request waits for its reply before the sender treats it as failed and may repeat it. */
export const replyTimeoutMs = 8_000;
/** Interval at which the server repeats the heads of conversations, so that a lost publish heals. */
export const headsBeatMs = 25_000;
/** A typing mark fades after this silence; the writer repeats it every half of that. */
export const typingFadesMs = 6_000;
/** Most entries in one fetch; the caller asks again while `hasMore`. */
export const maxEntriesPerFetch = 500;
/** Rows of the inbox in one page. */
export const inboxPageRows = 50;
/** Conversations of an inbox view are counted up to here (it shows as "10,000+"): counting 500,000 takes 50 to 80 ms. */
export const maxInboxCount = 10_000;

/** An agent's access token lives this long; it is renewed by cookie. */
export const accessTokenMs = 10 * 60_000;
/** An agent stays signed in this long without use. */
export const agentSessionMs = 14 * 24 * 60 * 60_000;

/** An unanswered request to co-browse lapses after this. */
export const cobrowseRequestMs = 2 * 60_000;
/** An offer of the visitor's waits longer: an agent may be busy. */
export const cobrowseOfferMs = 10 * 60_000;
/** A code for the telephone: long enough to be read out, too short to be guessed. */
export const cobrowseCodeMs = 10 * 60_000;
/** A co-browse session outlives the visitor's absence (closed laptop, lost network) by this. */
export const cobrowseResumeMs = 2 * 60_000;

/** A co-browse batch or asset is split into parts of at most this, far below the relay's frame limit. */
export const maxPartBytes = 256 * 1024;
/** Largest frame on the relay connection: one part and its header. */
export const maxRelayFrameBytes = maxPartBytes + 4 * 1024;
/** Most parts of one batch: 16 MB compressed, a page of about 3 million nodes. */
export const maxPartsPerBatch = 64;
/** Bytes of one epoch kept for late agents; over it the visitor is asked for a new epoch. */
export const maxEpochBytes = 8 * 1024 * 1024;
/** Bytes of images, styles and fonts kept for one co-browse session. */
export const maxAssetBytes = 24 * 1024 * 1024;
/** Largest single image or font that the visitor's page sends. */
export const maxOneAssetBytes = 2 * 1024 * 1024;
/** Bytes queued for one viewer before it is skipped to a new epoch. */
export const maxViewerQueueBytes = 1024 * 1024;
/** Largest JSON text that one batch may inflate to in the viewer. */
export const maxInflatedBytes = 64 * 1024 * 1024;
/** Recorder flushes at most this often: one batch, one frame. */
export const batchEveryMs = 80;
/** Tabs of one visitor in one co-browse session. */
export const maxTabsPerSession = 12;
/** A tab that loads its next page is away for a moment: shorter absences than this do not show. */
export const tabGraceMs = 2_000;
/** Stream bytes a visitor's tab may send: on average, and at once (a large first snapshot with its images). */
export const relayBytesPerSecond = 1024 * 1024;
export const relayBurstBytes = 32 * 1024 * 1024;
/** Frames a tab or an agent may send on the relay connection. */
export const relayFramesPerSecond = 80;
export const relayBurstFrames = 600;

/** Control over a visitor's page ends by itself after this; who still needs it asks again. */
export const grantMs = 15 * 60_000;
/** An agent's question for control lapses after this. */
export const controlAskMs = 60_000;
/** Text of one action of an agent's. In the widest characters it still fits the relay's 4 KB header. */
export const maxTypedChars = 500;
/** What an agent may do on a page: as fast as a person types and scrolls. */
export const verbsPerSecond = 25;
export const verbBurst = 60;
/** Marks over a shared page; the oldest go. */
export const maxMarksPerSession = 80;
/** Points of one drawn line: 120 pairs with four decimals are about 2 KB. */
export const maxMarkPoints = 120;
/** Text of a callout. */
export const maxMarkChars = 200;
/** Marks that one side may draw. */
export const marksPerSecond = 4;
export const markBurst = 20;
