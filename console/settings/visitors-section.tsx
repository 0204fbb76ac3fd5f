import { SettingsGroup } from './settings-group.tsx';
import type { SiteSectionProps } from './site-section.ts';
import { SwitchField } from './switch-field.tsx';

export function VisitorsSection({ settings, readOnly, onChange }: SiteSectionProps) {
  return (
    <SettingsGroup
      title="Live visitors"
      about="Agents see who is on the site now and on which page, and can write first."
    >
      <SwitchField
        label="Show who is on the site"
        hint="Every page then keeps a connection to this server while it is open."
        value={settings.liveVisitors}
        onValue={(liveVisitors) => onChange({ liveVisitors })}
        disabled={readOnly}
      />
      <div>
        <h3>What that means for visitors</h3>
        <ul class="visitors-consequences">
          <li>
            Of everybody on a page, agents see the page’s address and title, where the visit came from,
            browser and language: also of those who never write. Values after the question mark stay hidden,
            as everywhere.
          </li>
          <li>Nothing of it is stored, in the browser or here. When the page closes, it is gone.</li>
          <li>
            {settings.chat.consent.on
              ? 'Your consent step is on: only visitors who have agreed are shown.'
              : 'Your consent step is off, so it begins with the page. Where the law asks for consent first, switch the step on under Chat: then only visitors who have agreed are shown.'}
          </li>
          <li>Say so in your privacy notice.</li>
        </ul>
      </div>
      {settings.liveVisitors ? (
        <p>
          <a href="/console/visitors">See who is there</a>
        </p>
      ) : null}
    </SettingsGroup>
  );
}
