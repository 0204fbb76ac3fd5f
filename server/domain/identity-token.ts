import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import * as v from 'valibot';
import { RapportError } from '../../shared/errors.ts';
import { maxIdentityTokenMs } from '../../shared/limits.ts';
import { emailSchema } from '../../shared/model/agent.ts';
import { attributesSchema, visitorNameSchema } from '../../shared/model/visitor.ts';
import type { SignedIdentity } from './caller.ts';

/** Clocks of two servers differ by this at most. */
const clockToleranceMs = 60_000;

export interface TokenCheck {
  /** Keys of the site that live now. */
  keys: ReadonlyArray<{ kid: string; secret: string }>;
  /** The token must have been made for this site. */
  siteKey: string;
  nowMs: number;
}

/** Hosts fill what they do not know with '' or null. */
const unlessEmpty = <S extends v.GenericSchema<string, string>>(schema: S) =>
  v.union([
    v.pipe(
      v.nullish(v.pipe(v.string(), v.trim(), v.literal(''))),
      v.transform(() => null),
    ),
    schema,
  ]);

const claims = v.object({
  sub: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
  exp: v.number(),
  name: v.optional(unlessEmpty(visitorNameSchema), null),
  email: v.optional(unlessEmpty(emailSchema), null),
  attributes: v.optional(attributesSchema, {}),
});

/**
 * What a host's identity token proves: a JWT, signed HS256 with one of the site's keys, for this site (`aud`), with an
 * end within a day (`exp`) and the customer's id as text (`sub`); `name`, `email` and `attributes` if it likes. A token
 * without `kid` is tried with each key.
 *
 * Throws `identity_expired`, or `identity_invalid` with the claim or header at fault as its field.
 */
export async function verifyIdentityToken(token: string, check: TokenCheck): Promise<SignedIdentity> {
  const { kid } = headerOf(token);
  if (kid !== undefined && typeof kid !== 'string') throw invalid('kid');
  const keys = kid === undefined ? check.keys : check.keys.filter((key) => key.kid === kid);
  if (keys.length === 0) throw invalid('kid');
  for (const key of keys) {
    const payload = await payloadOf(token, key.secret, check);
    if (payload) return { kid: key.kid, ...identityOf(payload, check.nowMs) };
  }
  throw invalid('signature');
}

const invalid = (field?: string) =>
  new RapportError('identity_invalid', field === undefined ? {} : { field });

function headerOf(token: string): { kid?: unknown } {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw invalid();
  }
}

/** Null when another key signed it. */
async function payloadOf(
  token: string,
  secret: string,
  { siteKey, nowMs }: TokenCheck,
): Promise<JWTPayload | null> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      // The token's own word on how to check it counts for nothing.
      algorithms: ['HS256'],
      audience: siteKey,
      requiredClaims: ['sub', 'exp', 'aud'],
      clockTolerance: clockToleranceMs / 1000,
      currentDate: new Date(nowMs),
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return null;
    if (error instanceof errors.JWTExpired) throw new RapportError('identity_expired');
    if (error instanceof errors.JWTClaimValidationFailed) throw invalid(error.claim);
    if (error instanceof errors.JOSEAlgNotAllowed) throw invalid('alg');
    throw invalid();
  }
}

function identityOf(payload: JWTPayload, nowMs: number): Omit<SignedIdentity, 'kid'> {
  const parsed = v.safeParse(claims, payload);
  if (!parsed.success) throw invalid(String(parsed.issues[0]?.path?.[0]?.key ?? ''));
  const { sub, exp, name, email, attributes } = parsed.output;
  const provesUntilMs = exp * 1000 + clockToleranceMs;
  if (provesUntilMs - nowMs > maxIdentityTokenMs + 2 * clockToleranceMs) throw invalid('exp');
  return { externalId: sub, name, email, attributes, provesUntilMs };
}
