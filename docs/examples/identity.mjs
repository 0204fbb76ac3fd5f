// Node: npm install jose
import { SignJWT } from 'jose';

const { RAPPORT_SITE_KEY, RAPPORT_IDENTITY_KID, RAPPORT_IDENTITY_SECRET } = process.env;

/** A token that says who is signed in on your site. Make one for each page view, on your server only. */
export function identityToken(customer) {
  return new SignJWT({ name: customer.name, email: customer.email, attributes: { plan: customer.plan } })
    .setProtectedHeader({ alg: 'HS256', kid: RAPPORT_IDENTITY_KID })
    .setSubject(String(customer.id))
    .setAudience(RAPPORT_SITE_KEY)
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(new TextEncoder().encode(RAPPORT_IDENTITY_SECRET));
}

// The customer comes from your session, never from what the browser says.
const customer = { id: 4711, name: 'Ada Lovelace', email: 'ada@example.com', plan: 'team' };
console.log(await identityToken(customer));
