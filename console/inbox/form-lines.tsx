import { ClipboardList } from 'lucide';
import { Icon } from '../ui/icon.tsx';
import type { FormItem } from './timeline.ts';
import './form-lines.css';

/** What the visitor filled in and agreed to before the first message. */
export function FormLines({ form, visitorName }: { form: FormItem; visitorName: string }) {
  return (
    <section class="form-lines" aria-label={`Filled in by ${visitorName}`}>
      <h3>
        <Icon node={ClipboardList} sizePx={14} />
        Before the first message
      </h3>
      {form.fields.length > 0 ? (
        <dl>
          {form.fields.map(({ label, value }, index) => (
            <div key={index} class="form-line">
              <dt dir="auto">{label}</dt>
              <dd dir="auto">{value === '' ? <span class="muted">Left empty</span> : value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {form.consent === null ? null : (
        <p class="form-consent">
          Agreed to: <q dir="auto">{form.consent}</q>
        </p>
      )}
    </section>
  );
}
