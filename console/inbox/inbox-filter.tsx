import { X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { noFilter } from '../../shared/model/inbox.ts';
import type { Label, Team } from '../../shared/model/workspace.ts';
import { useConsole } from '../console-context.ts';
import type { InboxScope } from '../inbox-scope.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { type InboxPlace, inboxAddress } from './inbox-address.ts';
import { sitesOf } from './inbox-sites.ts';
import '../ui/check-line.css';
import './inbox-filter.css';

export interface InboxFilterProps {
  place: InboxPlace;
  scope: InboxScope;
}

/** How many parts of the filter are in use, the choice of sites included. */
export function filterParts({ filter, sites }: InboxPlace): number {
  return (
    filter.labelIds.length +
    (filter.teamId === null ? 0 : 1) +
    (filter.verifiedOnly ? 1 : 0) +
    (sites === 'current' ? 0 : 1)
  );
}

/** Labels and teams of the sites that are shown. Those of one name at several sites are told apart by the site. */
function useShared(scope: InboxScope): {
  labels: Array<Label & { of: string }>;
  teams: Array<Team & { of: string }>;
} {
  const { store } = useConsole();
  const isMany = scope.siteIds.length > 1;
  const shared = scope.siteIds.map((siteId) => {
    const name = store.sites.value.find(({ site }) => site.id === siteId)?.site.settings.name ?? '';
    return { of: isMany ? name : '', workspace: store.workspaceOf(siteId).value };
  });
  return {
    labels: shared.flatMap(({ of, workspace }) => (workspace?.labels ?? []).map((one) => ({ ...one, of }))),
    teams: shared.flatMap(({ of, workspace }) => (workspace?.teams ?? []).map((one) => ({ ...one, of }))),
  };
}

/** Chooses what the list holds; every choice counts at once and stands in the address. */
export function InboxFilter({ place, scope, onClose }: InboxFilterProps & { onClose: () => void }) {
  const { store } = useConsole();
  const { route } = useLocation();
  const { labels, teams } = useShared(scope);
  const teamId = useId();
  const { filter } = place;
  const sites = store.sites.value;
  const currentId = store.current.value?.site.id ?? '';
  // Changing the filter is no step of history: back leaves the inbox.
  const goTo = (next: Partial<InboxPlace>) => route(inboxAddress({ ...place, ...next }), true);
  const change = (next: Partial<InboxPlace['filter']>) => goTo({ filter: { ...filter, ...next } });
  const toggle = (ids: readonly string[], id: string, on: boolean) =>
    on ? [...ids, id] : ids.filter((other) => other !== id);

  return (
    <section
      class="inbox-filter scrolls"
      aria-label="Filter"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      {sites.length > 1 ? (
        <Choices name="Sites">
          {sites.map(({ site }) => (
            <Check
              key={site.id}
              checked={scope.siteIds.includes(site.id)}
              onChecked={(on) =>
                goTo({
                  sites: sitesOf(toggle(scope.siteIds, site.id, on), sites, currentId),
                  // Labels and teams of a site say nothing of another.
                  filter: { ...filter, labelIds: [], teamId: null },
                })
              }
            >
              {site.settings.name}
            </Check>
          ))}
        </Choices>
      ) : null}
      {labels.length > 0 ? (
        <Choices name="Labels (all of them)">
          {labels.map((label) => (
            <Check
              key={label.id}
              checked={filter.labelIds.includes(label.id)}
              onChecked={(on) => change({ labelIds: toggle(filter.labelIds, label.id, on) })}
            >
              <span class="label-dot" style={{ backgroundColor: label.color }} />
              {label.name}
              {label.of === '' ? null : <span class="muted"> · {label.of}</span>}
            </Check>
          ))}
        </Choices>
      ) : (
        <p class="muted">Labels made under Settings, or at a conversation, can be chosen here.</p>
      )}
      {teams.length > 0 ? (
        <div class="inbox-filter-team">
          <label for={teamId}>Team</label>
          <select
            id={teamId}
            class="input"
            onChange={(event) => change({ teamId: event.currentTarget.value || null })}
          >
            <option value="" selected={filter.teamId === null}>
              Any
            </option>
            {teams.map((team) => (
              <option key={team.id} value={team.id} selected={team.id === filter.teamId}>
                {team.of === '' ? team.name : `${team.name} · ${team.of}`}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      <Check checked={filter.verifiedOnly} onChecked={(on) => change({ verifiedOnly: on })}>
        Only verified customers
      </Check>
    </section>
  );
}

function Choices({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <fieldset class="inbox-choices">
      <legend>{name}</legend>
      {children}
    </fieldset>
  );
}

interface CheckProps {
  checked: boolean;
  onChecked: (on: boolean) => void;
  children: ComponentChildren;
}

function Check({ checked, onChecked, children }: CheckProps) {
  return (
    <label class="check-line">
      <input type="checkbox" checked={checked} onChange={(event) => onChecked(event.currentTarget.checked)} />
      <span class="inbox-check-words">{children}</span>
    </label>
  );
}

/** What is left out, in words, while the filter is closed; each part can be taken away. */
export function FilterChips({ place, scope }: InboxFilterProps) {
  const { store } = useConsole();
  const { route } = useLocation();
  const { labels, teams } = useShared(scope);
  if (filterParts(place) === 0) return null;
  const { filter, sites } = place;
  const goTo = (next: InboxPlace) => route(inboxAddress(next), true);
  const without = (next: Partial<InboxPlace['filter']>) => goTo({ ...place, filter: { ...filter, ...next } });
  const siteNames = scope.siteIds
    .map((id) => store.sites.value.find(({ site }) => site.id === id)?.site.settings.name ?? '')
    .join(', ');
  return (
    <ul class="inbox-chips" aria-label="Filter in use">
      {sites === 'current' ? null : (
        <Chip
          words={sites === 'all' ? 'All sites' : siteNames}
          onRemove={() =>
            goTo({ ...place, sites: 'current', filter: { ...filter, labelIds: [], teamId: null } })
          }
        />
      )}
      {filter.labelIds.map((id) => (
        <Chip
          key={id}
          words={labels.find((label) => label.id === id)?.name ?? 'A label that is gone'}
          onRemove={() => without({ labelIds: filter.labelIds.filter((other) => other !== id) })}
        />
      ))}
      {filter.teamId === null ? null : (
        <Chip
          words={teams.find(({ id }) => id === filter.teamId)?.name ?? 'A team that is gone'}
          onRemove={() => without({ teamId: null })}
        />
      )}
      {filter.verifiedOnly ? (
        <Chip words="Verified" onRemove={() => without({ verifiedOnly: false })} />
      ) : null}
      <li>
        <Button look="quiet" onClick={() => goTo({ ...place, sites: 'current', filter: noFilter })}>
          Clear
        </Button>
      </li>
    </ul>
  );
}

function Chip({ words, onRemove }: { words: string; onRemove: () => void }) {
  return (
    <li class="inbox-chip">
      <bdi class="ellipsis">{words}</bdi>
      <button type="button" aria-label={`Remove ${words}`} onClick={onRemove}>
        <Icon node={X} sizePx={14} />
      </button>
    </li>
  );
}
