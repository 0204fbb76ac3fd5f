import { useEffect, useRef, useState } from 'preact/hooks';
import { maxMessageChars } from '../../shared/limits.ts';
import type { FormField } from '../../shared/model/site.ts';
import { FieldOf } from './field.tsx';
import { formAnswers, formFaults } from './form-faults.ts';
import * as formTexts from './texts.ts';

export { fieldsToAsk } from './fields-to-ask.ts';
export { formStyles as styles } from './form-styles.ts';

export interface FirstFormProps {
  fields: readonly FormField[];
  /** Nobody is there: said above, with why the address is asked for. */
  isAway: boolean;
  /** The site's own words for that. */
  awayText: string;
  values: Record<string, string>;
  text: string;
  /** They wait too: the message may be empty. */
  files: readonly { key: string; name: string }[];
  onValues(values: Record<string, string>): void;
  onText(text: string): void;
  onSubmit(answers: Record<string, string>, text: string): void;
}

const messageField: FormField = {
  id: 'rapport_message',
  label: formTexts.yourMessage,
  kind: 'paragraph',
  required: true,
  options: [],
};

/** The site's questions before the first message, which stands below them and is not lost by going back. */
export function FirstForm(props: FirstFormProps) {
  const { fields, isAway } = props;
  const [values, setValues] = useState(props.values);
  const [text, setText] = useState(props.text);
  const [isTold, setTold] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const message = { ...messageField, required: props.files.length === 0 };
  const all = [...fields, message];
  const answers = { ...values, [message.id]: text };
  const faults = formFaults(all, answers);
  if (text.trim().length > maxMessageChars) faults.set(message.id, 'too_long');
  const asksOnlyEmail = fields.length === 1 && fields[0]?.id === 'email' && isAway;

  useEffect(() => {
    // Everything is known by now.
    if (fields.length === 0) return props.onSubmit({}, text.trim());
    form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus({ preventScroll: true });
  }, []);

  function change(id: string, value: string) {
    if (id === message.id) {
      setText(value);
      return props.onText(value);
    }
    const next = { ...values, [id]: value };
    setValues(next);
    props.onValues(next);
  }

  function submit(event: Event) {
    event.preventDefault();
    setTold(true);
    const [first] = faults.keys();
    if (first === undefined) return props.onSubmit(formAnswers(fields, values), text.trim());
    form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  }

  return (
    // The browser's own checks speak its language, not the site's, and point outside the panel.
    <form ref={form} class="page" noValidate onSubmit={submit} aria-labelledby="first-form-title">
      <h2 id="first-form-title">{asksOnlyEmail ? formTexts.awayTitle : formTexts.title}</h2>
      {isAway && (
        <p class="gentle" dir="auto">
          {props.awayText || formTexts.awayIntro}
        </p>
      )}
      <div class="unseen" role="status">
        {isTold && faults.size > 0 ? formTexts.faultCount(faults.size) : ''}
      </div>
      {all.map((field) => (
        <FieldOf
          key={field.id}
          field={field}
          value={answers[field.id] ?? ''}
          fault={isTold ? (faults.get(field.id) ?? null) : null}
          onChange={(value) => change(field.id, value)}
        />
      ))}
      {props.files.length > 0 && (
        <p class="gentle">
          {formTexts.withFiles}{' '}
          {props.files.map(({ key, name }, index) => (
            <bdi key={key}>{index > 0 ? `, ${name}` : name}</bdi>
          ))}
        </p>
      )}
      <div class="choices">
        <button type="submit" class="primary">
          {formTexts.start}
        </button>
      </div>
    </form>
  );
}
