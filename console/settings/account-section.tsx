import { useState } from 'preact/hooks';
import * as v from 'valibot';
import { passwordSchema } from '../../shared/model/agent.ts';
import { useConsole } from '../console-context.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Strip } from '../ui/notice.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { ProfileForm } from './profile-form.tsx';
import { SettingsGroup } from './settings-group.tsx';
import { SwitchField } from './switch-field.tsx';

const themeOptions = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;
const availabilityOptions = [
  { value: 'online', label: 'Online' },
  { value: 'away', label: 'Away' },
] as const;
const permissionWords = {
  granted: 'The browser shows them.',
  default: 'The browser asks you once whether Rapport may show them.',
  denied: 'The browser blocks them for this page. Allow them in its site settings, beside the address.',
  impossible: 'This browser has none here. They need an https address, and on phones an installed page.',
} as const;
const switchOptions = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
] as const;

export function AccountSection() {
  const { preferences, store, notifications } = useConsole();
  const permission = notifications.permission.value;
  const agent = store.agent.value;
  return (
    <>
      <SettingsGroup title="You" about="How visitors and colleagues see you.">
        <ProfileForm />
        <AvailabilityField />
      </SettingsGroup>
      <SettingsGroup
        title="Notifications"
        about="In this browser, while a tab with the console is open: mentions, your own conversations, and new ones while you are online. Only one of several tabs tells you."
      >
        <SwitchField
          label="Desktop notifications"
          hint={permissionWords[permission]}
          value={permission === 'granted' && preferences.desktopNotices.value}
          onValue={(on) => {
            if (on) void notifications.turnOn();
            else notifications.turnOff();
          }}
          disabled={permission === 'denied' || permission === 'impossible'}
        />
        <SwitchField
          label="Sound"
          hint="Two soft tones with each notification."
          value={preferences.sound.value}
          onValue={preferences.setSound}
        />
        <div class="settings-actions">
          <Button onClick={() => notifications.tryOut()}>Try it</Button>
        </div>
      </SettingsGroup>
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
          <p class="field-hint">
            Such as e to close a conversation. Off, they cannot get in the way of speech input.
          </p>
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

function AvailabilityField() {
  const { store, toasts } = useConsole();
  const availability = store.availability.value;
  return (
    <div class="field">
      <span class="field-label">Availability</span>
      <p class="field-hint">
        Away, you get no new conversations by turn, and visitors do not count you as there.
      </p>
      <Segmented
        label="Availability"
        value={availability}
        options={availabilityOptions}
        onValue={(next) =>
          void store.setAvailability(next).then((refusal) => {
            if (refusal) toasts.tell(`Not changed. ${refusalWords(refusal)}`, { tone: 'danger' });
          })
        }
      />
    </div>
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
