import { ChartNoAxesColumn, Inbox, Keyboard, LogOut, Settings } from 'lucide';
import { useLocation } from 'preact-iso';
import { useConsole } from './console-context.ts';
import { Avatar } from './ui/avatar.tsx';
import { Icon } from './ui/icon.tsx';
import { Mark } from './ui/mark.tsx';
import { Menu } from './ui/menu.tsx';
import './rail.css';

const places = [
  { href: '/console/inbox', name: 'Inbox', icon: Inbox },
  { href: '/console/feedback', name: 'Feedback', icon: ChartNoAxesColumn },
  { href: '/console/settings', name: 'Settings', icon: Settings },
];

export function Rail({ onKeys }: { onKeys: () => void }) {
  const { store, signOut } = useConsole();
  const { path } = useLocation();
  const agent = store.agent.value;
  const sites = store.sites.value;
  const current = store.current.value;
  // On a phone a conversation has the whole screen.
  const isDeep = path.startsWith('/console/inbox/') || path.startsWith('/console/cobrowse/');
  return (
    <nav class={isDeep ? 'rail rail-deep' : 'rail'} aria-label="Places">
      <span class="rail-mark">
        <Mark sizePx={28} />
      </span>
      <ul class="rail-places">
        {places.map((place) => (
          <li key={place.href}>
            <a
              class="rail-place"
              href={place.href}
              aria-current={path.startsWith(place.href) ? 'page' : undefined}
            >
              <Icon node={place.icon} sizePx={20} />
              <span>{place.name}</span>
            </a>
          </li>
        ))}
      </ul>
      <div class="rail-foot">
        {agent ? (
          <Menu
            label="Account"
            upwards
            button={{
              look: 'quiet',
              label: `${agent.name}: account`,
              children: <Avatar name={agent.name} color={agent.color} sizePx={28} />,
            }}
            choices={[
              ...(sites.length > 1
                ? sites.map(({ site }) => ({
                    id: site.id,
                    words: site.settings.name,
                    checked: site.id === current?.site.id,
                    onChoose: () => store.showSite(site.id),
                  }))
                : []),
              { id: 'keys', words: 'Keyboard shortcuts', icon: Keyboard, onChoose: onKeys },
              { id: 'out', words: 'Sign out', icon: LogOut, onChoose: signOut },
            ]}
          />
        ) : null}
      </div>
    </nav>
  );
}
