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
    privacy: { rules: [{ path: '', mask: [], block: [], unmask: [] }], shownQueryParams: [] },
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
