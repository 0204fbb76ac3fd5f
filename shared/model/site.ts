import * as v from 'valibot';

const line = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max));
const requiredLine = (max: number) => v.pipe(line(max), v.minLength(1));

/** `https://shop.example` or, for a port of its own, `http://localhost:4001`; no path, no wildcard. */
export const originSchema = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^https?:\/\/[^\s/?#@*]+$/i, 'must be like https://shop.example, without a path'),
  v.transform((text) => text.toLowerCase()),
);

const selector = requiredLine(300);

/** Privacy rules for pages whose path matches `path` (`*` matches any run of characters). The stricter rule wins. */
export const privacyRuleSchema = v.strictObject({
  path: requiredLine(300),
  mask: v.pipe(v.array(selector), v.maxLength(50)),
  block: v.pipe(v.array(selector), v.maxLength(50)),
  unmask: v.pipe(v.array(selector), v.maxLength(50)),
});
export type PrivacyRule = v.InferOutput<typeof privacyRuleSchema>;

/** What a site owner can change. Everything but `origins` is public: the widget reads it. */
export const siteSettingsSchema = v.strictObject({
  name: requiredLine(80),
  /** Origins whose pages may show the widget. */
  origins: v.pipe(v.array(originSchema), v.maxLength(50)),
  look: v.strictObject({
    /** Accent of launcher and own messages, `#rrggbb`; the text on it is chosen by contrast. */
    accent: v.pipe(
      v.string(),
      v.regex(/^#[0-9a-f]{6}$/i),
      v.transform((text) => text.toLowerCase()),
    ),
    side: v.picklist(['right', 'left']),
  }),
  texts: v.strictObject({
    /** Accessible name and tooltip of the launcher. */
    launcher: requiredLine(60),
    greeting: requiredLine(80),
    intro: line(200),
    placeholder: requiredLine(80),
    away: line(200),
    surveyQuestion: requiredLine(160),
    surveyThanks: requiredLine(160),
  }),
  privacy: v.strictObject({
    rules: v.pipe(v.array(privacyRuleSchema), v.maxLength(50)),
    /** Names of query parameters whose values may be shown to agents. */
    shownQueryParams: v.pipe(v.array(requiredLine(80)), v.maxLength(50)),
  }),
});
export type SiteSettings = v.InferOutput<typeof siteSettingsSchema>;

export interface Site {
  id: string;
  /** Stands in the script tag; not a secret. */
  key: string;
  settings: SiteSettings;
  createdAtMs: number;
}

/** The site's static configuration as the loader fetches it: public and cacheable. */
export type SiteConfig = Pick<SiteSettings, 'name' | 'look' | 'texts' | 'privacy'>;

export function siteConfig(settings: SiteSettings): SiteConfig {
  const { name, look, texts, privacy } = settings;
  return { name, look, texts, privacy };
}

export function defaultSiteSettings(name: string, origins: string[]): SiteSettings {
  return {
    name,
    origins,
    look: { accent: '#0f6e62', side: 'right' },
    texts: {
      launcher: 'Chat with us',
      greeting: 'Hello! How can we help?',
      intro: 'Write to us here. A person from our team will answer.',
      placeholder: 'Write a message…',
      away: 'Nobody is here right now. Leave a message and we will answer as soon as we are back.',
      surveyQuestion: 'How satisfied are you with the help you got?',
      surveyThanks: 'Thank you. Your answer goes straight to the person who helped you.',
    },
    privacy: { rules: [], shownQueryParams: [] },
  };
}
