import * as v from 'valibot';
import { RapportError } from '../../shared/errors.ts';
import { emailSchema } from '../../shared/model/agent.ts';
import type { EntryPayloads, FormAnswer } from '../../shared/model/conversation.ts';
import type { SiteSettings } from '../../shared/model/site.ts';
import { type VisitorChange, visitorNameSchema } from '../../shared/model/visitor.ts';

/** What the widget may ask though the site's form does not: how to reach a visitor when nobody is there. */
const ownFields = [
  { id: 'name', label: 'Name', kind: 'text' },
  { id: 'email', label: 'E-mail', kind: 'email' },
] as const;

/**
 * The answers as they go into the log, in the order of the site's fields, and what they change of the visitor. Answers
 * to fields that the site no longer has are left out, and a missing answer is no error: the form may have changed
 * since the page was loaded, and nobody's message is lost for that. An e-mail address that is none is refused.
 */
export function formEntry(
  { chat, identity }: Pick<SiteSettings, 'chat' | 'identity'>,
  { values, consent }: { values: Record<string, string>; consent: string | null },
): { form?: { payload: EntryPayloads['form']; change: VisitorChange } } {
  const asked = chat.form.fields;
  const fields = [...asked, ...ownFields.filter(({ id }) => asked.every((field) => field.id !== id))];
  const answers: FormAnswer[] = [];
  const change: VisitorChange = {};
  for (const { id, label, kind } of fields) {
    const value = Object.hasOwn(values, id) ? (values[id] ?? '').trim() : '';
    if (value === '') continue;
    answers.push({ label, value });
    if (kind === 'email' || id === 'email') {
      const address = v.safeParse(emailSchema, value);
      if (!address.success) throw new RapportError('malformed', { field: `form.values.${id}` });
      if (id === 'email') change.email = address.output;
    } else if (id === 'name') {
      const name = v.safeParse(visitorNameSchema, value);
      if (!name.success) throw new RapportError('malformed', { field: 'form.values.name' });
      change.name = name.output;
    }
  }
  if (answers.length === 0 && consent === null) return {};
  // A site that takes identities only with its signature still reads the answers; they are no name and no address.
  return {
    form: { payload: { fields: answers, consent }, change: identity.mode === 'required' ? {} : change },
  };
}
