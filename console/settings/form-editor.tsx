import { Plus } from 'lucide';
import { useState } from 'preact/hooks';
import type { FormField, SiteSettings } from '../../shared/model/site.ts';
import { TextField } from '../ui/field.tsx';
import { Menu } from '../ui/menu.tsx';
import { FormPreview } from './chat-preview.tsx';
import { fieldChoices, fieldId, isOwnField, kindWords, newField } from './form-fields.ts';
import { linesOf } from './lines.ts';
import { SettingsGroup } from './settings-group.tsx';
import { SortableList } from './sortable-list.tsx';
import { SwitchField } from './switch-field.tsx';
import '../ui/check-line.css';
import './form-editor.css';

type Form = SiteSettings['chat']['form'];
const maxFields = 12;

export interface FormEditorProps {
  form: Form;
  settings: SiteSettings;
  savedIds: readonly string[];
  errors: Readonly<Record<string, string>>;
  readOnly: boolean;
  onForm: (form: Form) => void;
}

export function FormEditor({ form, settings, savedIds, errors, readOnly, onForm }: FormEditorProps) {
  const { fields } = form;
  const setFields = (next: FormField[]) => onForm({ ...form, fields: next });
  const isFull = fields.length >= maxFields;
  const firstError = Object.entries(errors).find(([path]) => path === 'chat.form.fields')?.[1];
  return (
    <SettingsGroup
      title="Form before the first message"
      about="Few questions, or none, bring the most conversations. Name and address become the visitor’s own; customers whom your site identifies are not asked for them again."
    >
      <SwitchField
        label="Ask before the first message"
        value={form.on}
        onValue={(on) => onForm({ ...form, on })}
        disabled={readOnly}
      />
      {form.on ? (
        <div class="form-editor">
          <div class="form-editor-fields">
            <SortableList
              label="Fields of the form"
              items={fields}
              onItems={setFields}
              nameOf={(field, index) => field.label.trim() || `field ${index + 1}`}
              disabled={readOnly}
              renderItem={(field, index) => (
                <FieldEditor
                  field={field}
                  path={`chat.form.fields.${index}`}
                  errors={errors}
                  readOnly={readOnly}
                  onField={(next) => {
                    const others = fields.filter((_, place) => place !== index).map(({ id }) => id);
                    const follows = !isOwnField(field.id) && !savedIds.includes(field.id);
                    const id = follows ? fieldId(next.label, others) : field.id;
                    setFields(fields.map((other, place) => (place === index ? { ...next, id } : other)));
                  }}
                />
              )}
            />
            {firstError ? (
              <p class="field-error" role="alert">
                {firstError}
              </p>
            ) : null}
            <div class="settings-actions">
              <Menu
                label="Add a field"
                button={{
                  icon: Plus,
                  children: isFull ? `${maxFields} fields at most` : 'Add a field',
                  disabled: readOnly || isFull,
                }}
                choices={fieldChoices
                  .filter(({ id }) => newField(id, fields) !== null)
                  .map(({ id, words }) => ({
                    id,
                    words,
                    onChoose: () => {
                      const field = newField(id, fields);
                      if (field) setFields([...fields, field]);
                    },
                  }))}
              />
            </div>
          </div>
          <FormPreview settings={settings} fields={fields} />
        </div>
      ) : null}
    </SettingsGroup>
  );
}

interface FieldEditorProps {
  field: FormField;
  path: string;
  errors: Readonly<Record<string, string>>;
  readOnly: boolean;
  onField: (field: FormField) => void;
}

function FieldEditor({ field, path, errors, readOnly, onField }: FieldEditorProps) {
  const told = (part: string) =>
    Object.entries(errors).find(([at]) => at === `${path}.${part}` || at.startsWith(`${path}.${part}.`))?.[1];
  return (
    <div class="form-field">
      <TextField
        label={isOwnField(field.id) ? `${kindWords[field.kind]}: the visitor’s own` : kindWords[field.kind]}
        placeholder="What visitors are asked"
        value={field.label}
        onValue={(label) => onField({ ...field, label })}
        error={told('label')}
        maxLength={80}
        disabled={readOnly}
      />
      {field.kind === 'choice' ? (
        <OptionsField
          options={field.options}
          error={told('options')}
          readOnly={readOnly}
          onOptions={(options) => onField({ ...field, options })}
        />
      ) : null}
      <label class="check-line">
        <input
          type="checkbox"
          checked={field.required}
          disabled={readOnly}
          onChange={(event) => onField({ ...field, required: event.currentTarget.checked })}
        />
        {field.kind === 'checkbox' ? 'Must be ticked' : 'Must be answered'}
      </label>
    </div>
  );
}

interface OptionsFieldProps {
  options: readonly string[];
  error: string | undefined;
  readOnly: boolean;
  onOptions: (options: string[]) => void;
}

/** One answer a line. The text stays as typed while it says the same. */
function OptionsField({ options, error, readOnly, onOptions }: OptionsFieldProps) {
  const [typed, setTyped] = useState(options.join('\n'));
  const same = linesOf(typed).join('\n') === options.join('\n');
  return (
    <TextField
      label="Answers to choose from"
      hint="One a line."
      value={same ? typed : options.join('\n')}
      onValue={(value) => {
        setTyped(value);
        onOptions(linesOf(value));
      }}
      error={error}
      rows={3}
      disabled={readOnly}
    />
  );
}
