import { RapportError } from '../../shared/errors.ts';
import { maxAvatarBytes } from '../../shared/limits.ts';
import type { ChatFile } from '../../shared/model/chat-file.ts';
import type { Site } from '../../shared/model/site.ts';
import { checkFile, mimeOfBytes } from '../files/file-check.ts';
import type { ByteRange, FileShelf, IncomingFile } from '../files/file-shelf.ts';
import type { Store, StoredFile } from '../store/store.ts';
import { type AgentCaller, isOwnRecord, type VisitorCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import { randomId } from './identifier.ts';
import type { Membership } from './membership.ts';
import type { SiteDirectory } from './site-directory.ts';

/** Pictures of agents: what every browser draws and nothing can hide in. */
const avatarMimes = ['image/png', 'image/jpeg', 'image/webp'];

/** A file on its way to the server. */
export interface Upload {
  name: string;
  /** As announced; null when it was not. */
  sizeBytes: number | null;
  bytes: AsyncIterable<Uint8Array>;
}

export interface Avatar {
  mime: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export type Files = ReturnType<typeof createFiles>;

/** Files of messages and notes, and pictures of agents: what is taken in, and who may read it. */
export function createFiles(parts: {
  store: Pick<Store, 'addFile' | 'conversation' | 'file'>;
  shelf: FileShelf;
  avatars: FileShelf;
  membership: Pick<Membership, 'requireMember'>;
  directory: Pick<SiteDirectory, 'byId'>;
  clock: Clock;
}) {
  const { store, shelf, membership, clock } = parts;

  /** Takes bytes in, checks them, and lets `keep` decide what stays. Whatever fails, nothing is left. */
  const receive = async <T>(
    to: FileShelf,
    { sizeBytes, bytes }: Omit<Upload, 'name'>,
    maxBytes: number,
    keep: (incoming: IncomingFile) => Promise<T>,
  ): Promise<T> => {
    if (sizeBytes === 0) throw new RapportError('empty_file');
    if (sizeBytes !== null && sizeBytes > maxBytes) throw new RapportError('too_large');
    const incoming = await to.receive(bytes, maxBytes);
    try {
      return await keep(incoming);
    } finally {
      await incoming.discard();
    }
  };

  const take = (site: Site, owner: string, upload: Upload): Promise<ChatFile> => {
    const { allowed, maxBytes, kinds } = site.settings.chat.files;
    if (!allowed) throw new RapportError('forbidden');
    return receive(shelf, upload, maxBytes, async (incoming) => {
      const checked = await checkFile(incoming.path, upload.name, kinds);
      const file: ChatFile = { id: randomId('file'), ...checked, sizeBytes: incoming.sizeBytes };
      // Bytes first: a row without bytes would be a file that cannot be read, bytes without a row are only lost space.
      await incoming.keep(file.id);
      try {
        await store.addFile({
          file: {
            ...file,
            siteId: site.id,
            owner,
            conversationId: null,
            isInternal: false,
            createdAtMs: clock.nowMs(),
          },
        });
      } catch (error) {
        await shelf.remove(file.id);
        throw error;
      }
      return file;
    });
  };

  const mayRead = async (caller: VisitorCaller | AgentCaller, file: StoredFile): Promise<boolean> => {
    const isAgent = 'agent' in caller;
    if (file.conversationId === null) {
      return isAgent
        ? file.owner === caller.agent.id
        : file.siteId === caller.siteId && file.owner === caller.tokenHash;
    }
    if (isAgent) {
      await membership.requireMember(caller, file.siteId);
      return true;
    }
    if (file.isInternal) return false;
    const conversation = await store.conversation({ conversationId: file.conversationId });
    return conversation !== null && isOwnRecord(caller, conversation);
  };

  return {
    /** The site's file settings hold for its agents too: `forbidden` where files are off. */
    async uploadByVisitor({ siteId, tokenHash }: VisitorCaller, upload: Upload): Promise<ChatFile> {
      const site = await parts.directory.byId(siteId);
      if (!site) throw new RapportError('unknown_site');
      return take(site, tokenHash, upload);
    },

    async uploadByAgent(caller: AgentCaller, siteId: string, upload: Upload): Promise<ChatFile> {
      return take(await membership.requireMember(caller, siteId), caller.agent.id, upload);
    },

    /** The file, if the caller may read it: everything else is `not_found`. Looked up at each read. */
    async find(caller: VisitorCaller | AgentCaller, fileId: string): Promise<ChatFile> {
      const file = await store.file({ fileId });
      if (!file || !(await mayRead(caller, file))) throw new RapportError('not_found');
      const { id, name, mime, sizeBytes, widthPx, heightPx } = file;
      return { id, name, mime, sizeBytes, widthPx, heightPx };
    },

    /** Bytes of a file that {@link find} has given. */
    async read(fileId: string, range?: ByteRange): Promise<ReadableStream<Uint8Array>> {
      const bytes = await shelf.read(fileId, range);
      if (!bytes) throw new RapportError('not_found');
      return bytes;
    },

    /** A picture for an agent; it shows when the agent's own card names it. */
    uploadAvatar(upload: Omit<Upload, 'name'>): Promise<string> {
      return receive(parts.avatars, upload, maxAvatarBytes, async (incoming) => {
        const { mime } = await checkFile(incoming.path, '', ['image']);
        if (!avatarMimes.includes(mime)) throw new RapportError('unsupported_file');
        const id = randomId('file');
        await incoming.keep(id);
        return id;
      });
    },

    /** Anybody may look at agents' pictures. Null when there is none with this id. */
    async avatar(id: string): Promise<Avatar | null> {
      const stream = await parts.avatars.read(id);
      if (!stream) return null;
      const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
      const mime = await mimeOfBytes(bytes);
      return mime !== null && avatarMimes.includes(mime) ? { mime, bytes } : null;
    },
  };
}
