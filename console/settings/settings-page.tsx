import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { useConsole } from '../console-context.ts';
import { usePageTitle } from '../page-title.ts';
import { refusalWords } from '../refusal-words.ts';
import type { SiteAccess } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Notice, Strip } from '../ui/notice.tsx';
import { AccountSection } from './account-section.tsx';
import { GeneralSection } from './general-section.tsx';
import { LookSection } from './look-section.tsx';
import { PrivacySection } from './privacy-section.tsx';
import { selectorErrors } from './selector-check.ts';
import { checkSettings, isChanged, rebase, type SiteDraft } from './site-draft.ts';
import type { SiteSectionProps } from './site-section.ts';
import { TeamSection } from './team-section.tsx';
import { TextsSection } from './texts-section.tsx';
import './settings-page.css';

const sections = [
  { id: 'general', name: 'General' },
  { id: 'look', name: 'Look' },
  { id: 'texts', name: 'Texts' },
  { id: 'privacy', name: 'Privacy' },
  { id: 'team', name: 'Team' },
  { id: 'account', name: 'Your account' },
] as const;

/** Where the field of an error stands. */
function sectionOf(path: string): string {
  const part = path.split('.')[0] ?? '';
  return part === 'name' || part === 'origins' ? 'general' : part;
}

export function SettingsPage() {
  const { store } = useConsole();
  const access = store.current.value;
  return access ? <SiteSettingsPage key={access.site.id} access={access} /> : null;
}

function SiteSettingsPage({ access }: { access: SiteAccess }) {
  const { store, connection, toasts } = useConsole();
  const { params } = useRoute();
  const { route } = useLocation();
  const { site, role } = access;
  const [draft, setDraft] = useState<SiteDraft>({ base: site.settings, settings: site.settings });
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const current = sections.find(({ id }) => id === (params.section ?? 'general'));
  usePageTitle(current ? `${current.name} · Settings` : 'Settings');

  const nav = useRef<HTMLElement>(null);
  const currentId = current?.id;
  useEffect(() => {
    if (currentId)
      nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [currentId]);

  // A colleague may have changed the site meanwhile.
  useEffect(() => setDraft((mine) => rebase(mine, site.settings)), [site.settings]);

  const changed = isChanged(draft);
  useEffect(() => {
    if (!changed) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [changed]);

  const props: SiteSectionProps = {
    settings: draft.settings,
    errors,
    readOnly: role !== 'owner',
    onChange(change) {
      setDraft((mine) => ({ ...mine, settings: { ...mine.settings, ...change } }));
      setErrors((known) =>
        Object.fromEntries(Object.entries(known).filter(([path]) => !(String(path.split('.')[0]) in change))),
      );
    },
  };

  async function save() {
    const checked = checkSettings(draft.settings);
    const wrong = {
      ...selectorErrors(draft.settings.privacy.rules),
      ...(checked.ok ? {} : checked.errors),
    };
    if (!checked.ok || Object.keys(wrong).length > 0) {
      setErrors(wrong);
      const places = Object.keys(wrong).map(sectionOf);
      if (places[0] && !places.some((place) => place === currentId)) route(`/console/settings/${places[0]}`);
      return;
    }
    setSaving(true);
    setFailure(null);
    const reply = await connection.request('site:update', { siteId: site.id, settings: checked.settings });
    setSaving(false);
    if (!reply.ok) return setFailure(refusalWords(reply));
    // The saved draft is the new base before the store tells of it, or it would look like somebody else's change.
    setDraft({ base: reply.site.settings, settings: reply.site.settings });
    store.takeSite(reply.site);
    toasts.tell('Saved. Pages take it over when they load next.');
  }

  return (
    <div class="settings">
      <nav ref={nav} class="settings-nav" aria-label="Settings">
        <h1>Settings</h1>
        <ul>
          {sections.map(({ id, name }) => (
            <li key={id}>
              <a
                href={id === 'general' ? '/console/settings' : `/console/settings/${id}`}
                aria-current={id === current?.id ? 'page' : undefined}
              >
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main class="settings-work">
        <div class="settings-scroll scrolls">
          <div class="settings-column">
            {props.readOnly && current && current.id !== 'account' && current.id !== 'team' ? (
              <Strip tone="warning">Only owners of the site can change this. You can read it.</Strip>
            ) : null}
            {current === undefined ? (
              <Notice title="There are no such settings">Choose one from the list.</Notice>
            ) : null}
            {current?.id === 'general' ? <GeneralSection {...props} siteKey={site.key} /> : null}
            {current?.id === 'look' ? <LookSection {...props} /> : null}
            {current?.id === 'texts' ? <TextsSection {...props} /> : null}
            {current?.id === 'privacy' ? <PrivacySection {...props} /> : null}
            {current?.id === 'team' ? <TeamSection siteId={site.id} isOwner={role === 'owner'} /> : null}
            {current?.id === 'account' ? <AccountSection /> : null}
          </div>
        </div>
        {changed ? (
          <section class="settings-bar" aria-label="Unsaved changes">
            <span class={failure ? 'settings-failure' : ''} role={failure ? 'alert' : undefined}>
              {failure ? `Not saved. ${failure}` : 'Unsaved changes'}
            </span>
            <Button
              onClick={() => {
                setDraft({ base: draft.base, settings: draft.base });
                setErrors({});
                setFailure(null);
              }}
            >
              Discard
            </Button>
            <Button look="primary" busy={saving} onClick={() => void save()}>
              {saving ? 'Saving…' : 'Save'}
            </Button>
          </section>
        ) : null}
      </main>
    </div>
  );
}
