import { type Agent, agentColors } from '../../shared/model/agent.ts';
import { defaultSiteSettings, type Site } from '../../shared/model/site.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import { randomId, randomSecret } from './identifier.ts';
import { type Passwords, randomPassword } from './password.ts';

/** Key of the first site when the demo shop is there: its pages name it. */
const demoSiteKey = 'pk_demo';

export interface FirstRun {
  site: Site;
  email: string;
  /** Made here, to be told once; null when it was given. */
  password: string | null;
}

/**
 * Makes the first site and its owner; null when they are there. A first run that was cut short is done again: what
 * counts is that the first site has an owner.
 */
export async function prepareFirstRun(parts: {
  store: Pick<
    Store,
    'agentByEmail' | 'createAgent' | 'createSite' | 'listSites' | 'setPassword' | 'setRole' | 'team'
  >;
  passwords: Passwords;
  email: string;
  password: string | null;
  demoOrigin: string | null;
  clock: Clock;
}): Promise<FirstRun | null> {
  const { store, email, demoOrigin } = parts;
  const [known] = await store.listSites();
  if (known) {
    const team = await store.team({ siteId: known.id });
    if (team.some(({ role }) => role === 'owner')) return null;
  }

  const password = parts.password ?? randomPassword();
  const passwordHash = await parts.passwords.hash(password);
  const account = await store.agentByEmail({ email });
  const agentId = account?.id ?? randomId('agent');
  if (account) {
    await store.setPassword({ agentId, passwordHash });
  } else {
    const owner: Agent = { id: agentId, name: nameOf(email), email, color: agentColors[0], avatar: null };
    await store.createAgent({ agent: { ...owner, passwordHash, availability: 'online' } });
  }

  const site: Site = known ?? {
    id: randomId('site'),
    key: demoOrigin === null ? `pk_${randomSecret().slice(0, 20)}` : demoSiteKey,
    settings: defaultSiteSettings(
      demoOrigin === null ? 'My site' : 'Demo shop',
      demoOrigin === null ? [] : [demoOrigin],
    ),
    createdAtMs: parts.clock.nowMs(),
  };
  if (!known) await store.createSite({ site });
  await store.setRole({ siteId: site.id, agentId, role: 'owner' });
  return { site, email, password: parts.password === null ? password : null };
}

/** "ada.lovelace@example.com" is "Ada Lovelace" until she says otherwise. */
function nameOf(email: string): string {
  const words = (email.split('@')[0] ?? '').split(/[._+-]+/).filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
  return name.slice(0, 80) || 'Admin';
}
