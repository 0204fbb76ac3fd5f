import * as v from 'valibot';
import { type SiteSettings, siteSettingsSchema } from '../../shared/model/site.ts';

/** What a person has changed since `base` was fetched. */
export interface SiteDraft {
  base: SiteSettings;
  settings: SiteSettings;
}

const parts = ['name', 'origins', 'look', 'texts', 'privacy'] as const satisfies Array<keyof SiteSettings>;

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export function isChanged(draft: SiteDraft): boolean {
  return parts.some((part) => !isSame(draft.base[part], draft.settings[part]));
}

/**
 * Lays a draft over what the server holds now: parts that a person changed stay theirs, all others follow. So two
 * people who work on different parts do not undo each other.
 */
export function rebase(draft: SiteDraft, latest: SiteSettings): SiteDraft {
  const { base, settings } = draft;
  return {
    base: latest,
    settings: {
      name: isSame(base.name, settings.name) ? latest.name : settings.name,
      origins: isSame(base.origins, settings.origins) ? latest.origins : settings.origins,
      look: isSame(base.look, settings.look) ? latest.look : settings.look,
      texts: isSame(base.texts, settings.texts) ? latest.texts : settings.texts,
      privacy: isSame(base.privacy, settings.privacy) ? latest.privacy : settings.privacy,
    },
  };
}

/** Settings as the server would take them, or what is wrong, by path: `texts.greeting`, `privacy.rules.0.path`. */
export function checkSettings(
  settings: SiteSettings,
): { ok: true; settings: SiteSettings } | { ok: false; errors: Record<string, string> } {
  const result = v.safeParse(siteSettingsSchema, settings);
  if (result.success) return { ok: true, settings: result.output };
  const errors: Record<string, string> = {};
  for (const issue of result.issues) errors[v.getDotPath(issue) ?? ''] ??= issueWords(issue);
  return { ok: false, errors };
}

function issueWords(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'min_length') return 'This cannot be empty.';
  if (issue.type === 'max_length') return `This is too long: at most ${issue.expected?.replace(/\D/g, '')}.`;
  if (issue.type === 'regex' && issue.message.startsWith('must')) return `This ${issue.message}.`;
  return issue.type === 'regex' ? 'Write a colour like #0f6e62.' : 'This does not have the right form.';
}
