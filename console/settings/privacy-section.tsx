import { Plus, Trash2 } from 'lucide';
import { useState } from 'preact/hooks';
import type { PrivacyRule } from '../../shared/model/site.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { linesOf } from './lines.ts';
import { RecordingGroup } from './recording-group.tsx';
import { selectorErrors } from './selector-check.ts';
import { SettingsGroup } from './settings-group.tsx';
import { SharingRules } from './sharing-rules.tsx';
import type { SiteSectionProps } from './site-section.ts';
import { StrictPrivacy } from './strict-privacy.tsx';
import './privacy-section.css';

const newRule: PrivacyRule = { path: '/*', mask: [], block: [], unmask: [] };

export function PrivacySection(props: SiteSectionProps) {
  const { settings, errors, readOnly, onChange } = props;
  const { privacy } = settings;
  const wrong = selectorErrors(privacy.rules);
  const setRules = (rules: PrivacyRule[]) => onChange({ privacy: { ...privacy, rules } });
  return (
    <>
      <StrictPrivacy {...props} />
      <SettingsGroup
        title="What co-browsing shows"
        about="Form fields are masked unless a rule shows them. Passwords, card numbers and one-time codes never leave the visitor's page, whatever stands here. Where two rules meet, the stricter one wins."
      >
        {privacy.rules.map((rule, index) => (
          <RuleFields
            key={index}
            rule={rule}
            index={index}
            errors={errors}
            wrong={wrong}
            readOnly={readOnly}
            onRule={(next) => setRules(privacy.rules.map((other, place) => (place === index ? next : other)))}
            onRemove={() => setRules(privacy.rules.filter((_, place) => place !== index))}
          />
        ))}
        {privacy.rules.length === 0 ? (
          <p class="muted">
            {privacy.strict
              ? 'No rules: everything is masked but what your pages mark.'
              : 'No rules: all form fields are masked, all else is shown.'}
          </p>
        ) : null}
        <div class="settings-actions">
          <Button icon={Plus} disabled={readOnly} onClick={() => setRules([...privacy.rules, newRule])}>
            Add a rule
          </Button>
        </div>
      </SettingsGroup>
      <SharingRules {...props} />
      <SettingsGroup
        title="Addresses"
        about="Agents see pages without the values after the question mark, as these often hold secrets."
      >
        <ListField
          label="Parameters whose values may be shown"
          hint="One name a line, such as category or q."
          lines={privacy.shownQueryParams}
          error={firstError(errors, 'privacy.shownQueryParams')}
          readOnly={readOnly}
          onLines={(shownQueryParams) => onChange({ privacy: { ...privacy, shownQueryParams } })}
        />
      </SettingsGroup>
      <RecordingGroup {...props} />
    </>
  );
}

interface RuleFieldsProps {
  rule: PrivacyRule;
  index: number;
  errors: Readonly<Record<string, string>>;
  /** Told while somebody types; the other errors come with saving. */
  wrong: Readonly<Record<string, string>>;
  readOnly: boolean;
  onRule: (rule: PrivacyRule) => void;
  onRemove: () => void;
}

function RuleFields({ rule, index, errors, wrong, readOnly, onRule, onRemove }: RuleFieldsProps) {
  const path = `privacy.rules.${index}`;
  const selectors = (part: 'mask' | 'block' | 'unmask', label: string, hint: string) => {
    return (
      <ListField
        label={label}
        hint={hint}
        lines={rule[part]}
        error={wrong[`${path}.${part}`] ?? firstError(errors, `${path}.${part}`)}
        readOnly={readOnly}
        onLines={(lines) => onRule({ ...rule, [part]: lines })}
      />
    );
  };
  return (
    <fieldset class="privacy-rule card">
      <legend class="unseen">Rule {index + 1}</legend>
      <div class="privacy-rule-head">
        <TextField
          label="On pages whose path is"
          hint="* stands for anything: /checkout/*"
          value={rule.path}
          onValue={(value) => onRule({ ...rule, path: value })}
          error={errors[`${path}.path`]}
          maxLength={300}
          mono
          spellcheck={false}
          disabled={readOnly}
        />
        <Button
          look="quiet"
          icon={Trash2}
          label={`Remove rule ${index + 1}`}
          disabled={readOnly}
          onClick={onRemove}
        />
      </div>
      <div class="privacy-rule-lists">
        {selectors('mask', 'Mask', 'Shown as dots.')}
        {selectors('block', 'Block', 'Shown as an empty box.')}
        {selectors('unmask', 'Show', 'Fields that agents may read.')}
      </div>
    </fieldset>
  );
}

interface ListFieldProps {
  label: string;
  hint: string;
  lines: string[];
  error: string | undefined;
  readOnly: boolean;
  onLines: (lines: string[]) => void;
}

/** A text area of one thing a line. Its text is kept as typed while it says the same. */
function ListField({ label, hint, lines, error, readOnly, onLines }: ListFieldProps) {
  const [typed, setTyped] = useState(lines.join('\n'));
  const text = linesOf(typed).join('\n') === lines.join('\n') ? typed : lines.join('\n');
  return (
    <TextField
      label={label}
      hint={hint}
      value={text}
      onValue={(value) => {
        setTyped(value);
        onLines(linesOf(value));
      }}
      error={error}
      rows={3}
      mono
      spellcheck={false}
      disabled={readOnly}
    />
  );
}

function firstError(errors: Readonly<Record<string, string>>, path: string): string | undefined {
  return Object.entries(errors).find(([at]) => at === path || at.startsWith(`${path}.`))?.[1];
}
