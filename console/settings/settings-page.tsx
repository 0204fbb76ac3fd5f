import { batch } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { useConsole } from '../console-context.ts';
import { usePageTitle } from '../page-title.ts';
import { refusalWords } from '../refusal-words.ts';
import type { SiteAccess } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Notice, Strip } from '../ui/notice.tsx';
import { AccountSection } from './account-section.tsx';
import { CannedSection } from './canned-section.tsx';
import { ChatSection } from './chat-section.tsx';
import { GeneralSection } from './general-section.tsx';
import { HoursSection } from './hours-section.tsx';
import { IdentitySection } from './identity-section.tsx';
import { useKeptState } from './kept-state.ts';
import { LabelsSection } from './labels-section.tsx';
import { LookSection } from './look-section.tsx';
import { MacrosSection } from './macros-section.tsx';
import { PrivacySection } from './privacy-section.tsx';
import { RoutingSection } from './routing-section.tsx';
import { type SettingsSection, sectionGroups, sectionOf, sections } from './sections.ts';
import { selectorErrors } from './selector-check.ts';
import { checkSettings, isChanged, rebase, type SiteDraft } from './site-draft.ts';
import type { SiteSectionProps } from './site-section.ts';
import { TeamSection } from './team-section.tsx';
import { TeamsSection } from './teams-section.tsx';
import { TextsSection } from './texts-section.tsx';
import { VisitorsSection } from './visitors-section.tsx';
import './settings-page.css';

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
  // Kept while the agent looks elsewhere, and over a reload; null when nothing is changed.
  const [kept, setKept] = useKeptState<SiteDraft | null>(`site ${site.id}`, null);
  const draft = rebase(kept ?? { base: site.settings, settings: site.settings }, site.settings);
  const setDraft = (next: SiteDraft) => setKept(() => (isChanged(next) ? next : null));
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

  const changed = isChanged(draft);
  useEffect(() => {
    if (!changed) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [changed]);

  // After a refused save the keyboard stands at the first field that is to be put right.
  const seeksFault = useRef(false);
  const work = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!seeksFault.current) return;
    const field = work.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (!field) return;
    field.focus();
    seeksFault.current = false;
  });

  const props: SiteSectionProps = {
    settings: draft.settings,
    errors,
    readOnly: role !== 'owner',
    onChange(change) {
      // Two changes of one event build on each other.
      setKept((known) => {
        const mine = rebase(known ?? { base: site.settings, settings: site.settings }, site.settings);
        const next = { ...mine, settings: { ...mine.settings, ...change } };
        return isChanged(next) ? next : null;
      });
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
      seeksFault.current = true;
      return;
    }
    setSaving(true);
    setFailure(null);
    const reply = await connection.request('site:update', { siteId: site.id, settings: checked.settings });
    setSaving(false);
    if (!reply.ok) return setFailure(refusalWords(reply));
    setErrors({});
    batch(() => {
      store.takeSite(reply.site);
      setDraft({ base: reply.site.settings, settings: reply.site.settings });
    });
    toasts.tell('Saved. Pages take it over when they load next.');
  }

  return (
    <div class="settings">
      <nav ref={nav} class="settings-nav" aria-label="Settings">
        <h1>Settings</h1>
        {sectionGroups.map(({ name: group, ids }) => (
          <div key={group} class="settings-places">
            <h2>{group}</h2>
            <ul>
              {sections
                .filter(({ id }) => ids.some((one) => one === id))
                .map(({ id, name }) => (
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
          </div>
        ))}
      </nav>
      <main class="settings-work">
        <div class="settings-scroll scrolls" tabIndex={props.readOnly ? 0 : undefined}>
          <div ref={work} class="settings-column">
            {props.readOnly && current?.isOfSite ? (
              <Strip tone="warning">Only owners of the site can change this. You can read it.</Strip>
            ) : null}
            {current === undefined ? (
              <Notice title="There are no such settings">Choose one from the list.</Notice>
            ) : (
              <Section id={current.id} props={props} access={access} />
            )}
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

interface SectionProps {
  id: SettingsSection;
  props: SiteSectionProps;
  access: SiteAccess;
}

function Section({ id, props, access }: SectionProps) {
  const { site, role } = access;
  switch (id) {
    case 'general':
      return <GeneralSection {...props} siteKey={site.key} />;
    case 'look':
      return <LookSection {...props} />;
    case 'texts':
      return <TextsSection {...props} />;
    case 'chat':
      return (
        <ChatSection {...props} savedFieldIds={site.settings.chat.form.fields.map((field) => field.id)} />
      );
    case 'hours':
      return <HoursSection {...props} />;
    case 'identity':
      return <IdentitySection {...props} siteId={site.id} siteKey={site.key} />;
    case 'visitors':
      return <VisitorsSection {...props} />;
    case 'privacy':
      return <PrivacySection {...props} />;
    case 'routing':
      return <RoutingSection {...props} siteId={site.id} />;
    case 'labels':
      return <LabelsSection siteId={site.id} />;
    case 'canned':
      return <CannedSection siteId={site.id} />;
    case 'macros':
      return <MacrosSection siteId={site.id} />;
    case 'team':
      return (
        <>
          <TeamSection
            siteId={site.id}
            isOwner={role === 'owner'}
            siteCapacity={site.settings.routing.capacity}
          />
          <TeamsSection siteId={site.id} isOwner={role === 'owner'} />
        </>
      );
    case 'account':
      return <AccountSection />;
  }
}
