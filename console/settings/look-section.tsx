import { MessageCircle } from 'lucide';
import { useId } from 'preact/hooks';
import { contrast, textOn } from '../../shared/model/color.ts';
import { TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { SettingsGroup } from './settings-group.tsx';
import type { SiteSectionProps } from './site-section.ts';
import './look-section.css';

const wholeColor = /^#[0-9a-f]{6}$/i;

export function LookSection({ settings, errors, readOnly, onChange }: SiteSectionProps) {
  const { look, texts } = settings;
  const id = useId();
  const isWhole = wholeColor.test(look.accent);
  const accent = isWhole ? look.accent : '#586062';
  const text = textOn(accent);
  return (
    <SettingsGroup
      title="Look of the widget"
      about="Everything else follows the visitor's light or dark theme."
    >
      <div class="look">
        <div class="look-fields">
          <div class="look-accent">
            <div class="field">
              <label class="unseen" for={`${id}-picker`}>
                Pick the accent colour
              </label>
              <input
                id={`${id}-picker`}
                class="look-picker"
                type="color"
                value={accent}
                disabled={readOnly}
                onInput={(event) => onChange({ look: { ...look, accent: event.currentTarget.value } })}
              />
            </div>
            <TextField
              label="Accent colour"
              value={look.accent}
              onValue={(value) => onChange({ look: { ...look, accent: value.trim() } })}
              error={errors['look.accent'] ?? (isWhole ? undefined : 'Write it like #0f6e62.')}
              maxLength={7}
              mono
              spellcheck={false}
              disabled={readOnly}
            />
          </div>
          <p class="muted">
            Text on it is {text === '#ffffff' ? 'white' : 'black'}: contrast{' '}
            {contrast(accent, text).toFixed(1)} to 1.
          </p>
          <div class="field">
            <span class="field-label">Side of the page</span>
            <Segmented
              label="Side of the page"
              value={look.side}
              options={[
                { value: 'left', label: 'Left' },
                { value: 'right', label: 'Right' },
              ]}
              onValue={(side) => onChange({ look: { ...look, side } })}
              disabled={readOnly}
            />
          </div>
        </div>
        <figure class="look-preview" aria-label="Preview of the widget">
          <div class="look-chat" dir="auto">
            <p class="look-bubble look-bubble-theirs">{texts.greeting}</p>
            <p class="look-bubble look-bubble-own" style={{ backgroundColor: accent, color: text }}>
              Do you deliver on Saturdays?
            </p>
          </div>
          <span
            class={look.side === 'left' ? 'look-launcher look-launcher-left' : 'look-launcher'}
            style={{ backgroundColor: accent, color: text }}
          >
            <Icon node={MessageCircle} sizePx={24} />
          </span>
        </figure>
      </div>
    </SettingsGroup>
  );
}
