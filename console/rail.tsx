import { ChartNoAxesColumn, Inbox, Search, Settings, Users } from 'lucide';
import { useLocation } from 'preact-iso';
import { useConsole } from './console-context.ts';
import { AccountMenu } from './presence/account-menu.tsx';
import { SiteSwitch } from './site-switch.tsx';
import { Icon } from './ui/icon.tsx';
import { Mark } from './ui/mark.tsx';
import { useCommands } from './use-commands.ts';
import './rail.css';

const places = [
  { href: '/console/inbox', name: 'Inbox', icon: Inbox, keys: ['g i'] },
  { href: '/console/search', name: 'Search', icon: Search, keys: ['/', 'mod+shift+f'] },
  { href: '/console/visitors', name: 'Visitors', icon: Users, keys: ['g v'] },
  { href: '/console/feedback', name: 'Feedback', icon: ChartNoAxesColumn, keys: ['g f'] },
  { href: '/console/settings', name: 'Settings', icon: Settings, keys: ['g s'] },
];

export function Rail({ onKeys }: { onKeys: () => void }) {
  const { store } = useConsole();
  const { path, route } = useLocation();
  useCommands(
    places.map(({ href, name, icon, keys }) => ({
      id: `go.${href}`,
      label: name === 'Search' ? 'Search messages and customers' : `Go to ${name.toLowerCase()}`,
      group: 'Go to' as const,
      icon,
      keys,
      run: () => route(href),
    })),
  );
  const waiting = store.conversations.waiting.value.length;
  // On a phone a conversation has the whole screen.
  const isDeep = path.startsWith('/console/inbox/') || path.startsWith('/console/cobrowse/');
  return (
    <nav class={isDeep ? 'rail rail-deep' : 'rail'} aria-label="Places">
      <span class="rail-mark">
        <Mark sizePx={28} />
      </span>
      <SiteSwitch />
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
              {place.name === 'Inbox' && waiting > 0 ? (
                <span class="rail-count figures">
                  {waiting > 99 ? '99+' : waiting}
                  <span class="unseen"> waiting for you</span>
                </span>
              ) : null}
            </a>
          </li>
        ))}
      </ul>
      <div class="rail-foot">
        <AccountMenu onKeys={onKeys} />
      </div>
    </nav>
  );
}
