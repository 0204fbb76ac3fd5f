import { SettingsGroup } from './settings-group.tsx';
import type { SiteSectionProps } from './site-section.ts';
import { SwitchField } from './switch-field.tsx';

/** The switch that turns the rules round: everything is hidden but what is named. */
export function StrictPrivacy({ settings, readOnly, onChange }: SiteSectionProps) {
  const { privacy } = settings;
  return (
    <SettingsGroup
      title="Strict mode"
      about="For sites where any text may be private. Agents see where things are on a page, not what they say."
    >
      <SwitchField
        label="Hide everything that is not shown on purpose"
        hint="All text becomes dots, all images become boxes, and titles stay hidden. Parts of a page show where they are marked with data-rapport-unmask or named under Show in a rule below. Card numbers, IBANs, e-mail addresses and the like stay hidden there, too. Pages that are being shared now follow at once."
        value={privacy.strict}
        onValue={(strict) => onChange({ privacy: { ...privacy, strict } })}
        disabled={readOnly}
      />
    </SettingsGroup>
  );
}
