import { maxFileBytes } from '../../shared/limits.ts';
import { type FileKind, fileKinds } from '../../shared/model/chat-file.ts';
import type { SiteSettings } from '../../shared/model/site.ts';
import { TextField } from '../ui/field.tsx';
import { ConsentPreview } from './chat-preview.tsx';
import { FormEditor } from './form-editor.tsx';
import { NumberField } from './number-field.tsx';
import { SettingsGroup } from './settings-group.tsx';
import type { SiteSectionProps } from './site-section.ts';
import { SwitchField } from './switch-field.tsx';
import '../ui/check-line.css';
import './chat-section.css';

const megabyte = 1024 * 1024;

const kindWords: Record<FileKind, { name: string; types: string }> = {
  image: { name: 'Images', types: 'PNG, JPEG, GIF, WebP, AVIF, HEIC' },
  pdf: { name: 'PDF', types: 'Portable documents' },
  document: { name: 'Documents', types: 'Word, Excel, PowerPoint, OpenDocument, RTF' },
  text: { name: 'Plain text', types: 'TXT, CSV, logs' },
  archive: { name: 'Archives', types: 'ZIP, GZ, 7z' },
  audio: { name: 'Sound', types: 'MP3, M4A, OGG, WAV, FLAC' },
  video: { name: 'Video', types: 'MP4, WebM, MOV' },
};

export interface ChatSectionProps extends SiteSectionProps {
  /** Ids of form fields that are saved: answers are kept under them, so they stay. */
  savedFieldIds: readonly string[];
}

export function ChatSection(props: ChatSectionProps) {
  const { settings, errors, readOnly, onChange } = props;
  const { chat } = settings;
  const change = (part: Partial<SiteSettings['chat']>) => onChange({ chat: { ...chat, ...part } });
  const { files, consent } = chat;
  return (
    <>
      <SettingsGroup
        title="Files"
        about="What visitors and agents may attach. A file is known by its content, not by its name; web pages, SVG and programs are never taken."
      >
        <SwitchField
          label="Files can be sent"
          value={files.allowed}
          onValue={(allowed) => change({ files: { ...files, allowed } })}
          disabled={readOnly}
        />
        {files.allowed ? (
          <>
            <NumberField
              label="Largest file"
              hint={`From 0.1 to ${maxFileBytes / megabyte} MB.`}
              unit="MB"
              value={Math.round((files.maxBytes / megabyte) * 100) / 100}
              onValue={(count) => change({ files: { ...files, maxBytes: Math.round(count * megabyte) } })}
              error={errors['chat.files.maxBytes']}
              disabled={readOnly}
            />
            <fieldset class="chat-kinds" disabled={readOnly}>
              <legend class="field-label">Kinds of files</legend>
              {fileKinds.map((kind) => (
                <label key={kind} class="check-line chat-kind">
                  <input
                    type="checkbox"
                    checked={files.kinds.includes(kind)}
                    onChange={(event) => {
                      const { checked } = event.currentTarget;
                      const kinds = fileKinds.filter((other) =>
                        other === kind ? checked : files.kinds.includes(other),
                      );
                      change({ files: { ...files, kinds } });
                    }}
                  />
                  <span>
                    {kindWords[kind].name} <span class="muted">{kindWords[kind].types}</span>
                  </span>
                </label>
              ))}
              <p class="field-error" role="alert">
                {errors['chat.files.kinds']}
              </p>
            </fieldset>
          </>
        ) : null}
      </SettingsGroup>

      <SettingsGroup
        title="Reply time"
        about="The median of your first answers of the last 30 days, told as “a few minutes” or “about an hour”; nothing before there are five answers."
      >
        <SwitchField
          label="Tell visitors how soon an answer usually comes"
          value={chat.replyTime}
          onValue={(replyTime) => change({ replyTime })}
          disabled={readOnly}
        />
      </SettingsGroup>

      <SettingsGroup
        title="Consent"
        about="A step before the first message. Until a visitor agrees, nothing leaves the browser: no message, no page, no connection. When you change the text, visitors are asked again."
      >
        <SwitchField
          label="Ask for consent first"
          value={consent.on}
          onValue={(on) => change({ consent: { ...consent, on } })}
          disabled={readOnly}
        />
        {consent.on ? (
          <div class="chat-beside">
            <div class="chat-fields">
              <TextField
                label="What visitors agree to"
                hint="Kept word for word with each conversation."
                value={consent.text}
                onValue={(text) => change({ consent: { ...consent, text } })}
                error={errors['chat.consent.text']}
                rows={5}
                maxLength={1_000}
                disabled={readOnly}
              />
              <TextField
                label="Link to your privacy notice"
                type="url"
                placeholder="https://shop.example/privacy"
                value={consent.link}
                onValue={(link) => change({ consent: { ...consent, link } })}
                error={errors['chat.consent.link']}
                maxLength={500}
                spellcheck={false}
                disabled={readOnly}
              />
            </div>
            <ConsentPreview settings={settings} />
          </div>
        ) : null}
      </SettingsGroup>

      <FormEditor
        form={chat.form}
        settings={settings}
        savedIds={props.savedFieldIds}
        errors={errors}
        readOnly={readOnly}
        onForm={(form) => change({ form })}
      />
    </>
  );
}
