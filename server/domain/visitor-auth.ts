import * as v from 'valibot';
import { type ErrorCode, RapportError } from '../../shared/errors.ts';
import { visitorAuth } from '../../shared/protocol.ts';

/**
 * What a visitor's page shows at the door. A host whose identity token is no text, or too long for one, is told so;
 * everything else that is wrong is the widget's fault, and `otherwise`.
 */
export function readVisitorAuth(auth: unknown, otherwise: ErrorCode): v.InferOutput<typeof visitorAuth> {
  const parsed = v.safeParse(visitorAuth, auth);
  if (parsed.success) return parsed.output;
  const isIdentity = parsed.issues.every(({ path }) => path?.[0]?.key === 'identity');
  throw new RapportError(isIdentity ? 'identity_invalid' : otherwise);
}
