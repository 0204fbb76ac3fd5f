/** Short forms of a host's signing code; the whole examples stand in docs/identity.md. */
export const hostLanguages = [
  { value: 'node', label: 'Node' },
  { value: 'php', label: 'PHP' },
  { value: 'python', label: 'Python' },
] as const;
export type HostLanguage = (typeof hostLanguages)[number]['value'];

/** Signs who the customer is, for five minutes. The secret comes from the host's environment, never from its pages. */
export function identitySnippet(language: HostLanguage, siteKey: string, kid: string): string {
  switch (language) {
    case 'node':
      return `import { SignJWT } from 'jose';

const secret = new TextEncoder().encode(process.env.RAPPORT_IDENTITY_SECRET);
const token = await new SignJWT({ name: user.name, email: user.email })
  .setProtectedHeader({ alg: 'HS256', kid: '${kid}' })
  .setSubject(user.id)
  .setAudience('${siteKey}')
  .setExpirationTime('5 minutes')
  .sign(secret);`;
    case 'php':
      return `// composer require firebase/php-jwt
use Firebase\\JWT\\JWT;

$token = JWT::encode([
  'sub' => (string) $user->id,
  'aud' => '${siteKey}',
  'exp' => time() + 300,
  'name' => $user->name,
  'email' => $user->email,
], getenv('RAPPORT_IDENTITY_SECRET'), 'HS256', '${kid}');`;
    case 'python':
      return `# pip install pyjwt
import jwt, os, time

token = jwt.encode(
    {"sub": str(user.id), "aud": "${siteKey}", "exp": int(time.time()) + 300,
     "name": user.name, "email": user.email},
    os.environ["RAPPORT_IDENTITY_SECRET"], algorithm="HS256", headers={"kid": "${kid}"})`;
  }
}

/** What the page does with it. */
export const identifyCall = `rapport('identify', () => fetch('/rapport-token').then((answer) => answer.text()));`;
