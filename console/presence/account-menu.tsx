import { Bell, CircleSlash, Keyboard, LogOut, Moon } from 'lucide';
import { useState } from 'preact/hooks';
import type { Availability } from '../../shared/model/agent.ts';
import { useConsole } from '../console-context.ts';
import { refusalWords } from '../refusal-words.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Menu } from '../ui/menu.tsx';
import { useCommands } from '../use-commands.ts';
import { NotificationDialog } from './notification-dialog.tsx';
import './account-menu.css';

/** Who is signed in, whether visitors find them there, and what belongs to the person rather than to a page. */
export function AccountMenu({ onKeys }: { onKeys: () => void }) {
  const { store, connection, toasts, signOut } = useConsole();
  const [dialog, setDialog] = useState(false);
  const agent = store.agent.value;
  const isOffline = connection.link.value !== 'online';
  const availability = store.availability.value;
  const presence = isOffline ? 'offline' : availability;

  const setAvailability = async (next: Availability) => {
    const before = store.availability.value;
    if (next === before) return;
    const refusal = await store.setAvailability(next);
    if (refusal) return toasts.tell(`You are still ${before}. ${refusalWords(refusal)}`, { tone: 'danger' });
    toasts.tell(
      next === 'away'
        ? 'You are away: no new conversations are given to you.'
        : 'You are online: new conversations may be given to you.',
      { undo: () => void setAvailability(before) },
    );
  };
  useCommands([
    {
      id: availability === 'away' ? 'presence.online' : 'presence.away',
      label: availability === 'away' ? 'Set yourself online' : 'Set yourself away',
      group: 'Console',
      icon: availability === 'away' ? CircleSlash : Moon,
      words: 'presence status available pause',
      run: () => void setAvailability(availability === 'away' ? 'online' : 'away'),
    },
    {
      id: 'console.notifications',
      label: 'Notifications and sound',
      group: 'Console',
      icon: Bell,
      words: 'desktop mute',
      run: () => setDialog(true),
    },
    { id: 'console.sign-out', label: 'Sign out', group: 'Console', icon: LogOut, run: signOut },
  ]);
  if (!agent) return null;
  return (
    <div class="account">
      <Menu
        label="Account"
        upwards
        button={{
          look: 'quiet',
          children: (
            <span class="account-button">
              <span class="unseen">{agent.name}: account, </span>
              <span class="account-face">
                <Avatar name={agent.name} color={agent.color} avatar={agent.avatar} sizePx={28} />
                <span class={`account-dot account-${presence}`} />
              </span>
              <span class="account-state">{presenceWords[presence]}</span>
            </span>
          ),
        }}
        choices={[
          {
            id: 'online',
            words: 'Online: visitors see you',
            checked: availability === 'online',
            onChoose: () => void setAvailability('online'),
          },
          {
            id: 'away',
            words: 'Away: nothing new is given to you',
            checked: availability === 'away',
            onChoose: () => void setAvailability('away'),
          },
          {
            id: 'notifications',
            words: 'Notifications and sound',
            icon: Bell,
            divided: true,
            onChoose: () => setDialog(true),
          },
          { id: 'keys', words: 'Keyboard shortcuts', icon: Keyboard, onChoose: onKeys },
          { id: 'out', words: 'Sign out', icon: LogOut, divided: true, onChoose: signOut },
        ]}
      />
      {dialog ? <NotificationDialog onClose={() => setDialog(false)} /> : null}
    </div>
  );
}

const presenceWords = { online: 'Online', away: 'Away', offline: 'Offline' } as const;
