import { computed } from '@preact/signals';
import { Globe } from 'lucide';
import { useMemo } from 'preact/hooks';
import { useConsole } from './console-context.ts';
import { initials } from './ui/avatar.tsx';
import { Menu } from './ui/menu.tsx';
import { useCommands } from './use-commands.ts';
import './site-switch.css';

/** Which site is in view; only for agents of several. A number says where visitors wait. */
export function SiteSwitch() {
  const { store } = useConsole();
  const waiting = useMemo(
    () =>
      computed(() => {
        const bySite = new Map<string, number>();
        for (const id of store.conversations.waiting.value) {
          const siteId = store.conversations.get(id).row.value?.conversation.siteId;
          if (siteId !== undefined) bySite.set(siteId, (bySite.get(siteId) ?? 0) + 1);
        }
        return bySite;
      }),
    [store],
  );
  const sites = store.sites.value;
  const current = store.current.value;
  const bySite = waiting.value;
  const elsewhere = sites.some(({ site }) => site.id !== current?.site.id && bySite.has(site.id));
  useCommands(
    sites.length < 2
      ? []
      : sites
          .filter(({ site }) => site.id !== current?.site.id)
          .map(({ site }) => ({
            id: `site.${site.id}`,
            label: `Switch to ${site.settings.name}`,
            group: 'Sites' as const,
            icon: Globe,
            run: () => store.showSite(site.id),
          })),
  );
  if (sites.length < 2 || !current) return null;
  const { name } = current.site.settings;
  return (
    <div class="site-switch">
      <Menu
        label="Sites"
        button={{
          look: 'plain',
          children: (
            <>
              <span class="unseen">
                Site: {name}
                {elsewhere ? ', visitors wait at another site' : ''}
              </span>
              <span class="site-letters" aria-hidden="true">
                {initials(name)}
                {elsewhere ? <span class="site-mark" /> : null}
              </span>
            </>
          ),
        }}
        choices={sites.map(({ site }) => ({
          id: site.id,
          name: site.settings.name,
          words: (
            <span class="site-choice">
              <bdi class="ellipsis">{site.settings.name}</bdi>
              {bySite.has(site.id) ? (
                <span class="site-waiting figures">
                  {bySite.get(site.id)}
                  <span class="unseen"> waiting</span>
                </span>
              ) : null}
            </span>
          ),
          checked: site.id === current.site.id,
          onChoose: () => store.showSite(site.id),
        }))}
      />
    </div>
  );
}
