import * as v from 'valibot';
import { defaultMaxFileBytes, maxFileBytes } from '../limits.ts';
import { capacitySchema } from './agent.ts';
import { fileKinds } from './chat-file.ts';
import { businessHoursSchema, officeHours } from './hours.ts';

const line = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max));
const requiredLine = (max: number) => v.pipe(line(max), v.minLength(1));

/** `https://shop.example` or, for a port of its own, `http://localhost:4001`; no path, no wildcard. */
export const originSchema = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^https?:\/\/[^\s/?#@*]+$/i, 'must be like https://shop.example, without a path'),
  v.transform((text) => text.toLowerCase()),
);

const webAddress = v.pipe(v.string(), v.trim(), v.maxLength(500), v.regex(/^https?:\/\/[^\s]+$/i));

const selector = requiredLine(300);

/** Privacy rules for pages whose path matches `path` (`*` matches any run of characters). The stricter rule wins. */
export const privacyRuleSchema = v.strictObject({
  path: requiredLine(300),
  mask: v.pipe(v.array(selector), v.maxLength(50)),
  block: v.pipe(v.array(selector), v.maxLength(50)),
  unmask: v.pipe(v.array(selector), v.maxLength(50)),
});
export type PrivacyRule = v.InferOutput<typeof privacyRuleSchema>;

/**
 * Where the site does not want its pages shared. `pause`: a session that goes on elsewhere pauses there and goes on by
 * itself afterwards. `never`: it is not even asked for there; a session that comes to such a page pauses as well.
 */
export const cobrowseRuleSchema = v.strictObject({
  /** Of the page's path, as in privacy rules: `*` matches any run of characters. */
  path: requiredLine(300),
  action: v.picklist(['pause', 'never']),
});
export type CobrowseRule = v.InferOutput<typeof cobrowseRuleSchema>;

/** A question before the first message. An answer to `name` or `email` becomes the visitor's own. */
export const formFieldSchema = v.strictObject({
  /** Lower-case letters, digits and `_`; `name` and `email` are special. */
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,39}$/)),
  label: requiredLine(80),
  kind: v.picklist(['text', 'email', 'phone', 'choice', 'paragraph', 'checkbox']),
  required: v.boolean(),
  /** Of a choice. */
  options: v.pipe(v.array(requiredLine(80)), v.maxLength(30)),
});
export type FormField = v.InferOutput<typeof formFieldSchema>;

/** What a site owner can change. The widget reads what {@link siteConfig} leaves of it; `origins` and `routing` are not public. */
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
  chat: v.strictObject({
    files: v.strictObject({
      allowed: v.boolean(),
      maxBytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxFileBytes)),
      kinds: v.array(v.picklist(fileKinds)),
    }),
    /** Asked before the first message of a conversation. */
    form: v.strictObject({
      on: v.boolean(),
      fields: v.pipe(
        v.array(formFieldSchema),
        v.maxLength(12),
        v.check(
          (fields) => new Set(fields.map(({ id }) => id)).size === fields.length,
          'two fields have one id',
        ),
        v.check(
          (fields) => fields.every(({ kind, options }) => kind !== 'choice' || options.length > 0),
          'a choice needs options',
        ),
      ),
    }),
    /** Agreed to before anything leaves the browser. */
    consent: v.strictObject({
      on: v.boolean(),
      text: line(1_000),
      link: v.union([v.literal(''), webAddress]),
    }),
    /** Tell visitors how soon an answer usually comes. */
    replyTime: v.boolean(),
  }),
  hours: businessHoursSchema,
  routing: v.strictObject({
    /** `round_robin` gives each new conversation to the available agent who has waited longest for one. */
    assign: v.picklist(['by_hand', 'round_robin']),
    /** Open conversations per agent, where the agent has no capacity of its own. */
    capacity: capacitySchema,
  }),
  identity: v.strictObject({
    /** `required`: names and ids count only in a token that the site signed. */
    mode: v.picklist(['optional', 'required']),
  }),
  /** Agents see who is on the site. Every page then keeps a connection. */
  liveVisitors: v.boolean(),
  cobrowse: v.strictObject({
    /** Pages that are not shared. */
    rules: v.pipe(v.array(cobrowseRuleSchema), v.maxLength(50)),
  }),
  privacy: v.strictObject({
    /** Everything is masked but what a mark or a rule shows. */
    strict: v.boolean(),
    rules: v.pipe(v.array(privacyRuleSchema), v.maxLength(50)),
    /** Names of query parameters whose values may be shown to agents. */
    shownQueryParams: v.pipe(v.array(requiredLine(80)), v.maxLength(50)),
  }),
  /** Missing in settings from before there were recordings: then nothing is recorded. */
  recording: v.optional(
    v.strictObject({
      /** Visitors are asked whether a co-browse session may be recorded. */
      on: v.boolean(),
      /** Days after which a recording is deleted. */
      keepDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(365)),
    }),
  ),
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
export type SiteConfig = Pick<
  SiteSettings,
  'name' | 'look' | 'texts' | 'privacy' | 'cobrowse' | 'chat' | 'hours' | 'identity' | 'liveVisitors'
> & {
  /** Missing where co-browse sessions are not recorded. */
  recording?: { keepDays: number };
};

export function siteConfig(settings: SiteSettings): SiteConfig {
  const { name, look, texts, privacy, cobrowse, chat, hours, identity, liveVisitors } = settings;
  const recording = settings.recording?.on ? { recording: { keepDays: settings.recording.keepDays } } : {};
  return { name, look, texts, privacy, cobrowse, chat, hours, identity, liveVisitors, ...recording };
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
    privacy: { strict: false, rules: [], shownQueryParams: [] },
    cobrowse: { rules: [] },
    chat: {
      files: { allowed: true, maxBytes: defaultMaxFileBytes, kinds: [...fileKinds] },
      form: { on: false, fields: [] },
      consent: { on: false, text: '', link: '' },
      replyTime: true,
    },
    hours: officeHours,
    routing: { assign: 'by_hand', capacity: 6 },
    identity: { mode: 'optional' },
    liveVisitors: false,
  };
}
