import { randomBytes } from 'node:crypto';

const cookieName = 'nordwald_session';
/** Most visitors kept at once; beyond it the longest-idle one is forgotten, so that a crawler cannot fill memory. */
const maxSessions = 5000;

function readCookie(header) {
  for (const part of (header ?? '').split(';')) {
    const [name, value] = part.trim().split('=');
    if (name === cookieName && /^[\w-]{32}$/.test(value ?? '')) return value;
  }
  return null;
}

/** Carts and carry-overs by cookie, in memory: a restart forgets them. */
export function createSessions() {
  const sessions = new Map();
  return {
    find(cookieHeader) {
      const id = readCookie(cookieHeader);
      const session = id === null ? undefined : sessions.get(id);
      if (!session) return null;
      sessions.delete(id);
      sessions.set(id, session);
      return session;
    },

    /** A new session and the cookie that finds it again. */
    start() {
      const id = randomBytes(24).toString('base64url');
      const session = {
        csrf: randomBytes(18).toString('base64url'),
        cart: new Map(),
        account: null,
        lastOrder: null,
      };
      sessions.set(id, session);
      if (sessions.size > maxSessions) sessions.delete(sessions.keys().next().value);
      return { session, cookie: `${cookieName}=${id}; Path=/; HttpOnly; SameSite=Lax` };
    },
  };
}
