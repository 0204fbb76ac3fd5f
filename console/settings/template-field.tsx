import { Braces } from 'lucide';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { maxMessageChars } from '../../shared/limits.ts';
import { fillTemplate, templateVariables } from '../../shared/model/template.ts';
import { useConsole } from '../console-context.ts';
import { Menu } from '../ui/menu.tsx';
import { sampleValues, slotOf, templateErrorWords, templateParts, variableWords } from './template-words.ts';
import './template-field.css';

export interface TemplateFieldProps {
  label: string;
  value: string;
  onValue: (text: string) => void;
  error?: string | undefined;
  hint?: string;
}

/**
 * A text with variables: they are marked where they stand, and so is what is wrong. Under it stands what a visitor would
 * read. The marks lie behind the text area, in a copy of its text that also gives it its height.
 */
export function TemplateField({ label, value, onValue, error, hint }: TemplateFieldProps) {
  const { store } = useConsole();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  const told = templateErrorWords(value) ?? error;
  const values = sampleValues(
    store.agent.value?.name ?? 'Mira Holm',
    store.current.value?.site.settings.name ?? 'Your site',
  );
  const filled = fillTemplate(value, values);

  useLayoutEffect(() => {
    if (caret.current === null) return;
    area.current?.focus();
    area.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [value]);

  const insert = (slot: string) => {
    const from = area.current?.selectionStart ?? value.length;
    const to = area.current?.selectionEnd ?? from;
    caret.current = from + slot.length;
    onValue(value.slice(0, from) + slot + value.slice(to));
  };

  return (
    <div class="field template-field">
      <div class="template-head">
        <label class="field-label" for={id}>
          {label}
        </label>
        <Menu
          label="Variables"
          align="end"
          button={{ look: 'quiet', icon: Braces, children: 'Insert a variable' }}
          choices={templateVariables.map((variable) => ({
            id: variable,
            words: variableWords[variable],
            onChoose: () => insert(slotOf(variable)),
          }))}
        />
      </div>
      {hint ? (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      <div class="template-box">
        <div class="input template-marks" aria-hidden="true" dir="auto">
          {templateParts(value).map((part, index) =>
            part.kind === 'plain' ? (
              part.text
            ) : (
              <mark key={index} class={`template-${part.kind}`}>
                {part.text}
              </mark>
            ),
          )}
          {/* A last empty line takes part in the height only with something on it. */}
          {'\u200b'}
        </div>
        <textarea
          id={id}
          ref={area}
          class="input template-area"
          dir="auto"
          value={value}
          maxLength={maxMessageChars}
          aria-invalid={told ? 'true' : undefined}
          aria-describedby={
            [hint ? `${id}-hint` : '', told ? `${id}-error` : ''].join(' ').trim() || undefined
          }
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      </div>
      <p class="field-error" id={`${id}-error`} role="alert">
        {told}
      </p>
      {filled.ok && filled.text.trim() !== '' ? (
        <div class="template-preview">
          <span class="field-hint">Sent to a visitor called Ada King</span>
          <p class="template-sample" dir="auto">
            {filled.text.trim()}
          </p>
        </div>
      ) : null}
    </div>
  );
}
