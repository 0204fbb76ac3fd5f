import type { ConversationState } from '../../shared/model/conversation.ts';
import type { AgentRequests, PayloadOf, Reply, ReplyOf } from '../../shared/protocol.ts';
import type { Rapport } from './rapport.ts';

export interface Owner {
  request<E extends keyof AgentRequests & string>(
    event: E,
    payload: PayloadOf<AgentRequests, E>,
  ): Promise<ReplyOf<AgentRequests, E>>;
  /** The newest 50 of all conversations, as the inbox has them. */
  conversations(): Promise<ConversationState[]>;
  allowsOrigin(origin: string): Promise<void>;
  /** Adds a colleague; returns what that person signs in with. */
  addsAgent(name: string): Promise<{ email: string; password: string }>;
}

/** The site's owner, over HTTP: sets a stage for stories that are about something else. */
export async function signInOwner(rapport: Rapport): Promise<Owner> {
  const post = async <R>(path: string, body: object, token?: string): Promise<R> => {
    const answer = await fetch(rapport.origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });
    const reply = (await answer.json()) as Reply<R>;
    if (!reply.ok) throw new Error(`${path} was refused: ${reply.error}`);
    return reply;
  };
  const { accessToken } = await post<{ accessToken: string }>('/api/session', rapport.admin);
  const owner: Owner = {
    request: (event, payload) => post(`/api/agent/${event}`, payload as object, accessToken),
    async conversations() {
      const { sites } = await owner.request('session:open', {});
      const { rows } = await owner.request('inbox:list', {
        siteIds: sites.map(({ site }) => site.id),
        view: 'all',
        filter: { labelIds: [], teamId: null, verifiedOnly: false },
        before: null,
        limit: 50,
      });
      return rows.map(({ conversation }) => conversation);
    },
    async allowsOrigin(origin) {
      const { sites } = await owner.request('session:open', {});
      for (const { site } of sites) {
        const settings = { ...site.settings, origins: [...site.settings.origins, origin] };
        await owner.request('site:update', { siteId: site.id, settings });
      }
    },
    async addsAgent(name) {
      const { sites } = await owner.request('session:open', {});
      const siteId = sites[0]?.site.id ?? '';
      const email = `${name.toLowerCase()}@example.com`;
      const { password } = await owner.request('team:add', { siteId, name, email, role: 'agent' });
      return { email, password: password ?? '' };
    },
  };
  return owner;
}
