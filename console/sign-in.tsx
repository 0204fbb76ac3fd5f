import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Refusal } from '../shared/errors.ts';
import { refusalWords } from './refusal-words.ts';
import type { Session } from './session.ts';
import { Button } from './ui/button.tsx';
import { TextField } from './ui/field.tsx';
import { Mark } from './ui/mark.tsx';
import { Strip } from './ui/notice.tsx';
import { nowMs, useSeconds } from './ui/now.ts';
import { remainingWords } from './ui/time-words.ts';
import './sign-in.css';

type Outcome = { phase: 'idle' | 'asking' } | { phase: 'refused'; refusal: Refusal; atMs: number };

export function SignIn({ session }: { session: Pick<Session, 'signIn'> }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({});
  const [outcome, setOutcome] = useState<Outcome>({ phase: 'idle' });
  const emailInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);

  useLayoutEffect(() => emailInput.current?.focus(), []);

  const refused = outcome.phase === 'refused' ? outcome : null;
  const waitsUntilMs = refused?.refusal.retryAfterMs ? refused.atMs + refused.refusal.retryAfterMs : 0;
  useSeconds(waitsUntilMs > 0);
  const waitMs = Math.max(0, waitsUntilMs - nowMs.value);

  async function submit(event: Event) {
    event.preventDefault();
    const gaps = {
      ...(email.trim() === '' ? { email: 'Enter your e-mail address.' } : {}),
      ...(password === '' ? { password: 'Enter your password.' } : {}),
    };
    setMissing(gaps);
    if ('email' in gaps) return emailInput.current?.focus();
    if ('password' in gaps) return passwordInput.current?.focus();
    if (outcome.phase === 'asking' || waitMs > 0) return;
    setOutcome({ phase: 'asking' });
    const reply = await session.signIn(email.trim(), password);
    if (reply.ok) return;
    setOutcome({ phase: 'refused', refusal: reply, atMs: Date.now() });
    if (reply.error === 'wrong_credentials') passwordInput.current?.select();
  }

  return (
    <main class="sign-in">
      <form class="sign-in-card" noValidate onSubmit={submit}>
        <div class="sign-in-head">
          <Mark sizePx={36} />
          <h1>Sign in to Rapport</h1>
        </div>
        {refused ? (
          <Strip tone={refused.refusal.error === 'rate_limited' ? 'warning' : 'danger'}>
            {signInWords(refused.refusal, waitMs)}
          </Strip>
        ) : null}
        <TextField
          label="E-mail"
          type="email"
          autoComplete="username"
          value={email}
          onValue={setEmail}
          error={missing.email}
          inputRef={emailInput}
          required
        />
        <TextField
          label="Password"
          type="password"
          autoComplete="current-password"
          value={password}
          onValue={setPassword}
          error={missing.password}
          inputRef={passwordInput}
          required
        />
        <Button look="primary" type="submit" busy={outcome.phase === 'asking'} disabled={waitMs > 0}>
          {outcome.phase === 'asking' ? 'Signing in…' : 'Sign in'}
        </Button>
        <p class="sign-in-help muted">
          No account, or the password is lost? An owner of your site can add you under Settings, Team.
        </p>
      </form>
    </main>
  );
}

function signInWords(refusal: Refusal, waitMs: number): string {
  if (refusal.error === 'rate_limited') {
    return waitMs > 0
      ? `Too many attempts. You can try again in ${remainingWords(waitMs)}.`
      : 'Too many attempts a moment ago. You can try again now.';
  }
  if (refusal.error === 'malformed') return 'That does not look like an e-mail address and a password.';
  if (refusal.error === 'unavailable')
    return 'The server cannot be reached. Check your network and try again.';
  return refusalWords(refusal);
}
