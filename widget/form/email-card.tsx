import { useState } from 'preact/hooks';
import type { FormField } from '../../shared/model/site.ts';
import { FieldOf } from './field.tsx';
import { formFault } from './form-faults.ts';
import * as formTexts from './texts.ts';

export { formStyles as styles } from './form-styles.ts';

const emailField: FormField = {
  id: 'email',
  label: formTexts.email,
  kind: 'email',
  required: false,
  options: [],
};

/** While nobody is there: where an answer can go. */
export function EmailCard({ onEmail }: { onEmail(email: string): void }) {
  const [email, setEmail] = useState('');
  const [isTold, setTold] = useState(false);
  const [kept, setKept] = useState('');
  const fault = formFault({ ...emailField, required: true }, email);
  if (kept) {
    return (
      <section class="email-card">
        <p role="status">{formTexts.emailKept(kept)}</p>
      </section>
    );
  }
  return (
    <section class="email-card" aria-label={formTexts.email}>
      <p dir="auto">{formTexts.emailIntro}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTold(true);
          if (fault) {
            event.currentTarget.querySelector('input')?.focus();
            return;
          }
          setKept(email.trim());
          onEmail(email.trim());
        }}
      >
        <FieldOf
          field={emailField}
          value={email}
          fault={isTold ? fault : null}
          onChange={(value) => setEmail(value)}
        />
        <button type="submit" class="secondary">
          {formTexts.saveEmail}
        </button>
      </form>
    </section>
  );
}
