import { NumberField } from './number-field.tsx';
import { SettingsGroup } from './settings-group.tsx';
import type { SiteSectionProps } from './site-section.ts';
import { SwitchField } from './switch-field.tsx';

const off = { on: false, keepDays: 30 };

/** Whether visitors are asked for a recording of their co-browse sessions, and how long it is kept. */
export function RecordingGroup({ settings, errors, readOnly, onChange }: SiteSectionProps) {
  const recording = settings.recording ?? off;
  return (
    <SettingsGroup
      title="Recordings"
      about="A co-browse session can be watched again from its card in the conversation. Every viewing is noted there."
    >
      <SwitchField
        label="Ask visitors whether their session may be recorded"
        hint="A question of its own: without the visitor’s yes nothing is recorded. Only what agents see is kept, encrypted."
        value={recording.on}
        onValue={(on) => onChange({ recording: { ...recording, on } })}
        disabled={readOnly}
      />
      <NumberField
        label="Delete recordings after"
        hint="Fewer days count for recordings that are there already."
        unit="days"
        value={recording.keepDays}
        error={errors['recording.keepDays']}
        onValue={(keepDays) => onChange({ recording: { ...recording, keepDays } })}
        disabled={readOnly}
      />
    </SettingsGroup>
  );
}
