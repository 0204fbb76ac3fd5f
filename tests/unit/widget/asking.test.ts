import { describe, expect, it } from 'vitest';
import { defaultSiteSettings, type FormField } from '../../../shared/model/site.ts';
import { isAway } from '../../../widget/asking.ts';
import { fieldsToAsk } from '../../../widget/form/fields-to-ask.ts';
import { firstState } from '../../../widget/store.ts';

const ada = { id: 'agt_1', name: 'Ada', color: '#000000', avatar: null };
const fields: FormField[] = ['name', 'email', 'order'].map((id) => ({
  id,
  label: id,
  kind: 'text',
  required: true,
  options: [],
}));
const site = (on: boolean, asked = fields, mode: 'optional' | 'required' = 'optional') => ({
  chat: { ...defaultSiteSettings('Shop', []).chat, form: { on, fields: asked } },
  identity: { mode },
});
const ids = (...args: Parameters<typeof fieldsToAsk>) => fieldsToAsk(...args).map(({ id }) => id);
const here = { ...firstState, agents: [ada] };
const away = { ...firstState, agents: [] };

describe('nobody is there', () => {
  it('when the server says so, or the hours do as long as it has said nothing', () => {
    expect(isAway(firstState)).toBe(false);
    expect(isAway(away)).toBe(true);
    expect(isAway({ agents: null, hours: { isOpen: false, words: '' } })).toBe(true);
    expect(isAway({ agents: [ada], hours: { isOpen: false, words: '' } })).toBe(false);
  });
});

describe('before the first message', () => {
  it('nothing is asked without a form while somebody is there', () => {
    expect(ids(site(false), here)).toEqual([]);
  });

  it('the form is asked without what is known', () => {
    expect(ids(site(true), here)).toEqual(['name', 'email', 'order']);
    const known = { ...here, customer: { name: 'Zoë', email: 'zoe@example.com', verified: true } };
    expect(ids(site(true), known)).toEqual(['order']);
  });

  it('the address is asked too, as a wish, when nobody is there and it is not known', () => {
    const order = fields.slice(2);
    expect(fieldsToAsk(site(true, order), away)[1]).toMatchObject({ id: 'email', required: false });
    expect(ids(site(true), away)).toEqual(['name', 'email', 'order']);
    const known = { ...away, customer: { name: null, email: 'zoe@example.com', verified: false } };
    expect(ids(site(true, order), known)).toEqual(['order']);
  });

  it('the address alone does not stand in the way, but where it can be given in no other way', () => {
    expect(ids(site(false), away)).toEqual([]);
    expect(ids(site(false, [], 'required'), away)).toEqual(['email']);
  });
});
