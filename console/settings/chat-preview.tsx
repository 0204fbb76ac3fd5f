import type { ComponentChildren } from 'preact';
import { textOn } from '../../shared/model/color.ts';
import type { FormField, SiteSettings } from '../../shared/model/site.ts';
import './chat-preview.css';

/** Card that looks like the widget's panel. Nothing in it can be used, so it takes no focus. */
function Preview({
  label,
  settings,
  children,
}: {
  label: string;
  settings: SiteSettings;
  children: ComponentChildren;
}) {
  const accent = /^#[0-9a-f]{6}$/i.test(settings.look.accent) ? settings.look.accent : '#586062';
  return (
    <figure class="chat-preview" aria-label={label} style={{ '--site': accent, '--on-site': textOn(accent) }}>
      <figcaption class="muted">As visitors see it</figcaption>
      <div class="chat-preview-panel" inert>
        {children}
      </div>
    </figure>
  );
}

export function ConsentPreview({ settings }: { settings: SiteSettings }) {
  const { consent } = settings.chat;
  return (
    <Preview label="Preview of the consent step" settings={settings}>
      <p class="chat-preview-title">Before you write to us</p>
      <p class="chat-preview-text" dir="auto">
        {consent.text.trim() || 'What visitors agree to'}
      </p>
      {consent.link.trim() ? <p class="chat-preview-link">Read more</p> : null}
      <div class="chat-preview-actions">
        <span class="chat-preview-button">Agree and go on</span>
        <span class="chat-preview-button chat-preview-plain">No, thanks</span>
      </div>
    </Preview>
  );
}

export function FormPreview({ settings, fields }: { settings: SiteSettings; fields: readonly FormField[] }) {
  return (
    <Preview label="Preview of the form" settings={settings}>
      <p class="chat-preview-title">Before we begin</p>
      {fields.length === 0 ? <p class="muted">Add a field to see the form.</p> : null}
      {fields.map((field) => (
        <PreviewField key={field.id} field={field} />
      ))}
      <span class="chat-preview-button">Send message</span>
    </Preview>
  );
}

function PreviewField({ field }: { field: FormField }) {
  const label = (
    <span dir="auto">
      {field.label.trim() || 'Question'}
      {field.required ? null : <span class="muted"> (optional)</span>}
    </span>
  );
  if (field.kind === 'checkbox') {
    return (
      <p class="chat-preview-check">
        <span class="chat-preview-box" />
        {label}
      </p>
    );
  }
  return (
    <div class="chat-preview-field">
      {label}
      {field.kind === 'choice' ? (
        <select class="input">
          <option>{field.options.find((option) => option.trim() !== '') ?? 'Choose…'}</option>
        </select>
      ) : (
        <span class={field.kind === 'paragraph' ? 'input chat-preview-tall' : 'input'} />
      )}
    </div>
  );
}
