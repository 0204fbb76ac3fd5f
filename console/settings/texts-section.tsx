import type { SiteSettings } from '../../shared/model/site.ts';
import { TextField } from '../ui/field.tsx';
import { SettingsGroup } from './settings-group.tsx';
import type { SiteSectionProps } from './site-section.ts';

interface TextRow {
  key: keyof SiteSettings['texts'];
  label: string;
  hint: string;
  maxLength: number;
  rows?: number;
}

const chatRows: TextRow[] = [
  {
    key: 'launcher',
    label: 'Launcher',
    hint: 'Name of the round button, for tooltips and screen readers.',
    maxLength: 60,
  },
  { key: 'greeting', label: 'Greeting', hint: 'First line of the open widget.', maxLength: 80 },
  {
    key: 'intro',
    label: 'Introduction',
    hint: 'Under the greeting. Say who answers.',
    maxLength: 200,
    rows: 2,
  },
  { key: 'placeholder', label: 'Message field', hint: 'Stands in the empty field.', maxLength: 80 },
  {
    key: 'away',
    label: 'Away',
    hint: 'When no agent is there. With business hours, the time you are back follows by itself.',
    maxLength: 200,
    rows: 2,
  },
];
const surveyRows: TextRow[] = [
  {
    key: 'surveyQuestion',
    label: 'Question',
    hint: 'Asked once a conversation is closed, answered from 1 to 5.',
    maxLength: 160,
  },
  {
    key: 'surveyThanks',
    label: 'Thanks',
    hint: 'After the answer. Say what happens with it.',
    maxLength: 160,
  },
];

export function TextsSection(props: SiteSectionProps) {
  return (
    <>
      <SettingsGroup title="Chat" about="Written to your visitors, in their language.">
        <Rows rows={chatRows} {...props} />
      </SettingsGroup>
      <SettingsGroup title="Feedback">
        <Rows rows={surveyRows} {...props} />
      </SettingsGroup>
    </>
  );
}

function Rows({ rows, settings, errors, readOnly, onChange }: SiteSectionProps & { rows: TextRow[] }) {
  return (
    <>
      {rows.map(({ key, ...field }) => (
        <TextField
          key={key}
          {...field}
          value={settings.texts[key]}
          onValue={(value) => onChange({ texts: { ...settings.texts, [key]: value } })}
          error={errors[`texts.${key}`]}
          disabled={readOnly}
        />
      ))}
    </>
  );
}
