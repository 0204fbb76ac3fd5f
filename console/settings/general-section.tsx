import { Plus, X } from 'lucide';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { TextField } from '../ui/field.tsx';
import { originFromText } from './origin-text.ts';
import { scriptTag } from './script-tag.ts';
import { SettingsGroup } from './settings-group.tsx';
import type { SiteSectionProps } from './site-section.ts';
import './general-section.css';

export function GeneralSection(props: SiteSectionProps & { siteKey: string }) {
  const { settings, errors, readOnly, onChange, siteKey } = props;
  const tag = scriptTag(location.origin, siteKey);
  return (
    <>
      <SettingsGroup
        title="Script tag"
        about="Paste this into every page that shall show the widget, best before the end of the head."
      >
        <div class="script-tag card">
          <pre class="script-tag-code" dir="ltr">
            <code>{tag}</code>
          </pre>
          <CopyButton text={tag} />
        </div>
      </SettingsGroup>
      <SettingsGroup title="Site">
        <TextField
          label="Name"
          hint="Visitors see it in the widget."
          value={settings.name}
          onValue={(name) => onChange({ name })}
          error={errors.name}
          maxLength={80}
          disabled={readOnly}
        />
      </SettingsGroup>
      <Origins {...props} />
    </>
  );
}

function Origins({ settings, errors, readOnly, onChange }: SiteSectionProps) {
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const { origins } = settings;
  const add = () => {
    const read = originFromText(text, origins);
    if (!read.ok) return setError(read.error);
    onChange({ origins: [...origins, read.origin] });
    setText('');
    setError(null);
  };
  return (
    <SettingsGroup
      title="Allowed addresses"
      about="The widget shows only on pages of these addresses. Everywhere else it stays away and tells the developer why in the browser's console."
    >
      {origins.length > 0 ? (
        <ul class="origins card">
          {origins.map((origin, index) => (
            <li key={origin} class="origin">
              <span class="ellipsis" dir="ltr">
                {origin}
              </span>
              {errors[`origins.${index}`] ? (
                <span class="field-error">{errors[`origins.${index}`]}</span>
              ) : null}
              <Button
                look="quiet"
                icon={X}
                label={`Remove ${origin}`}
                disabled={readOnly}
                onClick={() => onChange({ origins: origins.filter((other) => other !== origin) })}
              />
            </li>
          ))}
        </ul>
      ) : (
        <p class="muted">No address yet: the widget shows nowhere.</p>
      )}
      <form
        class="origin-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField
          label="Add an address"
          type="url"
          placeholder="https://shop.example"
          value={text}
          onValue={(value) => {
            setText(value);
            setError(null);
          }}
          error={error ?? errors.origins}
          spellcheck={false}
          disabled={readOnly}
        />
        <Button type="submit" icon={Plus} disabled={readOnly}>
          Add
        </Button>
      </form>
    </SettingsGroup>
  );
}
