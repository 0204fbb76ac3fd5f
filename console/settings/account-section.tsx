import { useState } from 'preact/hooks';
import * as v from 'valibot';
import { passwordSchema } from '../../shared/model/agent.ts';
import { useConsole } from '../console-context.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Strip } from '../ui/notice.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { SettingsGroup } from './settings-group.tsx';

const themeOptions = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;
const switchOptions = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
] as const;

export function AccountSection() {
  const { preferences, store } = useConsole();
  const agent = store.agent.value;
  return (
    <>
      <SettingsGroup title="This browser">
        <div class="field">
          <span class="field-label">Theme</span>
          <Segmented
            label="Theme"
            value={preferences.theme.value}
            options={themeOptions}
            onValue={preferences.setTheme}
          />
        </div>
        <div class="field">
          <span class="field-label">Single letters as commands</span>
          <p class="field-hint">Such as e to resolve. Off, they cannot get in the way of speech input.</p>
          <Segmented
            label="Single letters as commands"
            value={preferences.letterKeys.value ? 'on' : 'off'}
            options={switchOptions}
            onValue={(value) => preferences.setLetterKeys(value === 'on')}
          />
        </div>
      </SettingsGroup>
      <SettingsGroup title="Password" about={agent ? `You sign in as ${agent.email}.` : undefined}>
        <PasswordForm email={agent?.email ?? ''} />
      </SettingsGroup>
    </>
  );
}

function PasswordForm({ email }: { email: string }) {
  const { connection, toasts } = useConsole();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [errors, setErrors] = useState<{ current?: string; next?: string; form?: string }>({});
  const [busy, setBusy] = useState(false);

  async function change(event: Event) {
    event.preventDefault();
    const checked = v.safeParse(passwordSchema, next);
    if (current === '' || !checked.success) {
      return setErrors({
        ...(current === '' ? { current: 'Enter the password you have now.' } : {}),
        ...(checked.success ? {} : { next: 'Use 10 to 200 characters.' }),
      });
    }
    setErrors({});
    setBusy(true);
    const reply = await connection.request('password:change', { current, next });
    setBusy(false);
    if (!reply.ok) {
      if (reply.error === 'wrong_credentials') return setErrors({ current: 'This is not your password.' });
      return setErrors({ form: refusalWords(reply) });
    }
    setCurrent('');
    setNext('');
    toasts.tell('Your password is changed. Other browsers are signed out.');
  }

  return (
    <form class="settings-group" noValidate onSubmit={change}>
      {errors.form ? <Strip tone="danger">Not changed. {errors.form}</Strip> : null}
      <input
        class="unseen"
        type="email"
        autoComplete="username"
        value={email}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <TextField
        label="Password now"
        type="password"
        autoComplete="current-password"
        value={current}
        onValue={setCurrent}
        error={errors.current}
      />
      <TextField
        label="New password"
        hint="At least 10 characters. A short sentence is easy to keep in mind."
        type="password"
        autoComplete="new-password"
        value={next}
        onValue={setNext}
        error={errors.next}
      />
      <div class="settings-actions">
        <Button type="submit" busy={busy}>
          {busy ? 'Changing…' : 'Change the password'}
        </Button>
      </div>
    </form>
  );
}
