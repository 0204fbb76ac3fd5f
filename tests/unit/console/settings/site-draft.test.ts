import { describe, expect, it } from 'vitest';
import { checkSettings, isChanged, rebase } from '../../../../console/settings/site-draft.ts';
import { defaultSiteSettings } from '../../../../shared/model/site.ts';

const base = defaultSiteSettings('Shop', ['https://shop.example']);

describe('two people change the settings', () => {
  it('different parts: both changes stay', () => {
    const mine = { base, settings: { ...base, name: 'My shop' } };
    const theirs = { ...base, look: { ...base.look, accent: '#aa0000' } };
    const draft = rebase(mine, theirs);
    expect(draft.settings).toEqual({ ...theirs, name: 'My shop' });
    expect(isChanged(draft)).toBe(true);
  });

  it('nothing changed here: theirs is simply shown', () => {
    const theirs = { ...base, name: 'Their shop' };
    const draft = rebase({ base, settings: base }, theirs);
    expect(draft).toEqual({ base: theirs, settings: theirs });
    expect(isChanged(draft)).toBe(false);
  });

  it('different fields of one part: both changes stay', () => {
    const mine = { ...base, texts: { ...base.texts, greeting: 'Mine' } };
    const theirs = { ...base, texts: { ...base.texts, intro: 'Theirs' } };
    const { settings } = rebase({ base, settings: mine }, theirs);
    expect(settings.texts).toEqual({ ...base.texts, greeting: 'Mine', intro: 'Theirs' });
  });

  it('the same list: what is being written here is kept whole', () => {
    const mine = { ...base, origins: ['https://mine.example'] };
    const theirs = { ...base, origins: ['https://theirs.example'] };
    expect(rebase({ base, settings: mine }, theirs).settings.origins).toEqual(['https://mine.example']);
  });

  it('settings that nobody had set before are set, by either or both', () => {
    const recording = { on: true, keepDays: 30 };
    const draft = rebase({ base, settings: { ...base, recording } }, { ...base, name: 'Theirs' });
    expect(draft.settings).toEqual({ ...base, name: 'Theirs', recording });
    expect(rebase({ base, settings: base }, { ...base, recording }).settings).toEqual({ ...base, recording });
  });

  it('the same part: what is being written here is kept', () => {
    const draft = rebase({ base, settings: { ...base, name: 'Mine' } }, { ...base, name: 'Theirs' });
    expect(draft.settings.name).toBe('Mine');
  });
});

it('says at each field what is wrong', () => {
  const checked = checkSettings({
    ...base,
    name: '  ',
    look: { ...base.look, accent: 'red' },
    texts: { ...base.texts, greeting: 'x'.repeat(81) },
    privacy: { strict: false, rules: [{ path: '', mask: [], block: [], unmask: [] }], shownQueryParams: [] },
  });
  expect(checked).toEqual({
    ok: false,
    errors: {
      name: 'This cannot be empty.',
      'look.accent': 'Write a colour like #0f6e62.',
      'texts.greeting': 'This is too long: at most 80.',
      'privacy.rules.0.path': 'This cannot be empty.',
    },
  });
});

it('gives the settings back as the server takes them', () => {
  const checked = checkSettings({ ...base, name: ' Shop ', look: { ...base.look, accent: '#AABBCC' } });
  expect(checked).toMatchObject({ ok: true, settings: { name: 'Shop', look: { accent: '#aabbcc' } } });
});

it('says what is switched on and could not work', () => {
  const { chat, hours } = base;
  const checked = checkSettings({
    ...base,
    chat: {
      ...chat,
      files: { allowed: true, maxBytes: Number.NaN, kinds: [] },
      consent: { on: true, text: ' ', link: 'not a link' },
      form: { on: true, fields: [] },
    },
    hours: { ...hours, timeZone: 'Mars/Base' },
    routing: { assign: 'round_robin', capacity: 101 },
  });
  expect(checked).toEqual({
    ok: false,
    errors: {
      'chat.files.maxBytes': 'Enter a size from 0.1 to 50 MB.',
      'chat.files.kinds': 'Choose at least one kind, or switch files off.',
      'chat.consent.text': 'Write what visitors agree to.',
      'chat.consent.link': 'Enter a web address like https://shop.example/privacy, or nothing.',
      'chat.form.fields': 'Add a field, or switch the form off.',
      'hours.timeZone': 'There is no such time zone. Choose one from the list.',
      'routing.capacity': 'This is too large: at most 100.',
    },
  });
});

it('takes the times of the week as they are meant, in order', () => {
  const days = base.hours.days.map(() => [
    { from: '1 pm', to: '5 pm' },
    { from: '9', to: '12' },
  ]) as unknown as typeof base.hours.days;
  const checked = checkSettings({ ...base, hours: { ...base.hours, days } });
  expect(checked.ok && checked.settings.hours.days[0]).toEqual([
    { from: '09:00', to: '12:00' },
    { from: '13:00', to: '17:00' },
  ]);
});
