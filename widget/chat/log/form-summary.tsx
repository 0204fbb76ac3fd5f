import type { EntryPayloads } from '../../../shared/model/conversation.ts';
import * as logTexts from './log-texts.ts';

/** What the visitor filled in and agreed to before the first message. */
export function FormSummary({ form }: { form: EntryPayloads['form'] }) {
  const { fields, consent } = form;
  if (fields.length === 0 && !consent) return null;
  return (
    <div class="form-summary">
      {fields.length > 0 && (
        <>
          <b>{logTexts.filledIn}</b>
          <dl>
            {fields.map(({ label, value }) => (
              <div key={label}>
                <dt dir="auto">{label}</dt>
                <dd dir="auto">{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {consent && <p dir="auto">{`${logTexts.agreed} ${consent}`}</p>}
    </div>
  );
}
