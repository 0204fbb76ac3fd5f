import * as v from 'valibot';
import { maxFileBytes } from '../../shared/limits.ts';
import { type SiteSettings, siteSettingsSchema } from '../../shared/model/site.ts';
import { formFaults } from './form-fields.ts';
import { hoursFaults, inOrder } from './hours-draft.ts';

const megabyte = 1024 * 1024;
const smallestFileBytes = Math.round(megabyte / 10);

/** What a person has changed since `base` was fetched. */
export interface SiteDraft {
  base: SiteSettings;
  settings: SiteSettings;
}

/** What is wrong, by path: `texts.greeting`, `privacy.rules.0.path`. */
export type Errors = Readonly<Record<string, string>>;

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export function isChanged(draft: SiteDraft): boolean {
  return !isSame(draft.base, draft.settings);
}

/**
 * Lays a draft over what the server holds now: fields that a person changed stay theirs, all others follow. So two
 * people who work on different things do not undo each other. A list counts as one field.
 */
export function rebase(draft: SiteDraft, latest: SiteSettings): SiteDraft {
  return { base: latest, settings: rebased(draft.base, draft.settings, latest) };
}

function rebased<T>(base: T, mine: T, latest: T): T {
  if (isSame(base, mine)) return latest;
  if (!isGroup(base) || !isGroup(mine) || !isGroup(latest)) return mine;
  // Settings that came later are missing where nobody has set them: one of mine may be new to the server.
  const keys = new Set([...Object.keys(latest), ...Object.keys(mine)]);
  const fields = [...keys].map((key) => [
    key,
    key in mine ? rebased(base[key], mine[key], latest[key]) : latest[key],
  ]);
  return Object.fromEntries(fields) as T;
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Settings as the server would take them, or what is wrong. */
export function checkSettings(
  settings: SiteSettings,
): { ok: true; settings: SiteSettings } | { ok: false; errors: Record<string, string> } {
  const ordered = { ...settings, hours: inOrder(settings.hours) };
  const errors: Record<string, string> = {
    ...hoursFaults(settings.hours),
    ...formFaults(settings.chat.form.fields),
    ...chatFaults(settings),
  };
  const result = v.safeParse(siteSettingsSchema, ordered);
  for (const issue of result.issues ?? []) {
    const path = v.getDotPath(issue) ?? '';
    // Ranges of a day are told one by one, and so are the fields of the form.
    const isTold = path.startsWith('hours.days') || path === 'chat.form.fields';
    if (!isTold || Object.keys(errors).length === 0)
      errors[path] ??= path === 'chat.consent.link' ? linkWords : issueWords(issue);
  }
  return result.success && Object.keys(errors).length === 0
    ? { ok: true, settings: result.output }
    : { ok: false, errors };
}

/** What is switched on and could not work: a consent to nothing, files of no kind, a form without fields. */
function chatFaults({ chat }: SiteSettings): Record<string, string> {
  const { consent, files, form } = chat;
  return {
    ...(consent.on && consent.text.trim() === ''
      ? { 'chat.consent.text': 'Write what visitors agree to.' }
      : {}),
    ...(files.allowed && files.kinds.length === 0
      ? { 'chat.files.kinds': 'Choose at least one kind, or switch files off.' }
      : {}),
    ...(files.maxBytes >= smallestFileBytes && files.maxBytes <= maxFileBytes
      ? {}
      : { 'chat.files.maxBytes': `Enter a size from 0.1 to ${maxFileBytes / megabyte} MB.` }),
    ...(form.on && form.fields.length === 0
      ? { 'chat.form.fields': 'Add a field, or switch the form off.' }
      : {}),
  };
}

const linkWords = 'Enter a web address like https://shop.example/privacy, or nothing.';

function issueWords(issue: v.BaseIssue<unknown>): string {
  const figure = issue.expected?.replace(/\D/g, '') ?? '';
  if (issue.type === 'min_length') return 'This cannot be empty.';
  if (issue.type === 'max_length') return `This is too long: at most ${figure}.`;
  if (issue.type === 'min_value') return `This is too small: at least ${figure}.`;
  if (issue.type === 'max_value') return `This is too large: at most ${figure}.`;
  if (issue.type === 'number' || issue.type === 'integer') return 'Enter a whole number.';
  if (issue.message === 'no such time zone') return 'There is no such time zone. Choose one from the list.';
  if (issue.type === 'regex' && issue.message.startsWith('must')) return `This ${issue.message}.`;
  return issue.type === 'regex' ? 'Write a colour like #0f6e62.' : 'This does not have the right form.';
}
