import { Plus, Trash2 } from 'lucide';
import { useState } from 'preact/hooks';
import { cobrowseRuleAt } from '../../shared/model/cobrowse-rules.ts';
import type { CobrowseRule } from '../../shared/model/site.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { SettingsGroup } from './settings-group.tsx';
import type { SiteSectionProps } from './site-section.ts';
import './privacy-section.css';

const newRule: CobrowseRule = { path: '/account/*', action: 'pause' };
const actions = [
  { value: 'pause', label: 'Pause there' },
  { value: 'never', label: 'Never ask there' },
] as const;

/** Pages that visitors do not share, whatever they answer. */
export function SharingRules({ settings, errors, readOnly, onChange }: SiteSectionProps) {
  const { rules } = settings.cobrowse;
  const [tried, setTried] = useState('');
  const setRules = (next: CobrowseRule[]) => onChange({ cobrowse: { ...settings.cobrowse, rules: next } });
  const change = (index: number, changed: Partial<CobrowseRule>) =>
    setRules(rules.map((rule, place) => (place === index ? { ...rule, ...changed } : rule)));
  return (
    <SettingsGroup
      title="Where pages are not shared"
      about="On these pages nothing is recorded, and both sides are told why. A session that goes on elsewhere pauses there and goes on by itself afterwards. “Never ask” also keeps agents from asking there. Pages that are open follow a change at once."
    >
      {rules.map((rule, index) => (
        <fieldset class="sharing-rule" key={index}>
          <legend class="unseen">Page rule {index + 1}</legend>
          <TextField
            label="Pages whose path is"
            value={rule.path}
            onValue={(path) => change(index, { path })}
            error={errors[`cobrowse.rules.${index}.path`]}
            maxLength={300}
            mono
            spellcheck={false}
            disabled={readOnly}
          />
          <SelectField
            label="What happens"
            value={rule.action}
            options={actions}
            onValue={(action) => change(index, { action })}
            disabled={readOnly}
          />
          <Button
            look="quiet"
            icon={Trash2}
            label={`Remove page rule ${index + 1}`}
            disabled={readOnly}
            onClick={() => setRules(rules.filter((_, place) => place !== index))}
          />
        </fieldset>
      ))}
      <div class="settings-actions">
        <Button icon={Plus} disabled={readOnly} onClick={() => setRules([...rules, newRule])}>
          Add a page rule
        </Button>
      </div>
      {rules.length > 0 ? (
        <div>
          <TextField
            label="Try an address"
            hint="A path or a whole address of your site. * in a rule stands for anything."
            value={tried}
            onValue={setTried}
            placeholder="/account/orders"
            mono
            spellcheck={false}
          />
          <p class="sharing-rule-result" role="status">
            {verdict(rules, tried)}
          </p>
        </div>
      ) : null}
    </SettingsGroup>
  );
}

function verdict(rules: readonly CobrowseRule[], tried: string): string {
  const text = tried.trim();
  if (text === '') return '';
  const path = pathOf(text);
  if (path === null) return 'This is not an address.';
  const action = cobrowseRuleAt(rules, path);
  if (action === 'pause') return `${path}: not shared. A session pauses here.`;
  if (action === 'never') return `${path}: never shared. Agents cannot ask here, and a session pauses.`;
  return `${path}: can be shared.`;
}

/** Null: no browser would take it for an address. */
export function pathOf(text: string): string | null {
  try {
    return new URL(text, 'https://site.example').pathname;
  } catch {
    return null;
  }
}
