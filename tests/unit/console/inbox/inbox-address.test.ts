import { describe, expect, it } from 'vitest';
import {
  type InboxPlace,
  inboxAddress,
  inboxPlace,
  placeOfStatus,
  wholeInbox,
} from '../../../../console/inbox/inbox-address.ts';
import { scopeOf, sitesOf } from '../../../../console/inbox/inbox-sites.ts';
import type { SiteAccess } from '../../../../console/store.ts';
import { noFilter } from '../../../../shared/model/inbox.ts';
import { defaultSiteSettings } from '../../../../shared/model/site.ts';

const id = (prefix: string, letter: string) => `${prefix}_${letter.repeat(22)}`;
const read = (address: string) =>
  inboxPlace(Object.fromEntries(new URL(address, 'https://chat.example').searchParams));

describe('the address of the inbox', () => {
  it('says nothing of what is as usual', () => {
    expect(inboxAddress(wholeInbox)).toBe('/console/inbox');
    expect(inboxAddress(wholeInbox, 'cnv_1')).toBe('/console/inbox/cnv_1');
    expect(inboxAddress(wholeInbox, 'cnv_1', 12)).toBe('/console/inbox/cnv_1?seq=12');
  });

  it('is read as it was written', () => {
    const places: InboxPlace[] = [
      wholeInbox,
      { ...wholeInbox, view: 'snoozed' },
      { ...wholeInbox, sites: 'all' },
      {
        view: 'mentions',
        sites: [id('sit', 'a'), id('sit', 'b')],
        filter: { labelIds: [id('lbl', 'x'), id('lbl', '_')], teamId: id('tea', '-'), verifiedOnly: true },
      },
    ];
    for (const place of places) expect(read(inboxAddress(place, 'cnv_1'))).toEqual(place);
  });

  it('leaves out what is mistyped in it', () => {
    expect(read('/console/inbox?view=everything&sites=nowhere&labels=lbl_1.x&team=%00&verified=1')).toEqual(
      wholeInbox,
    );
  });

  it('leads to the list in which a conversation stands', () => {
    expect(placeOfStatus('closed').view).toBe('closed');
    expect(placeOfStatus('open').view).toBe('all');
  });
});

describe('the sites of the inbox', () => {
  const access = (siteId: string): SiteAccess => ({
    role: 'agent',
    site: { id: siteId, key: 'pk_demo', settings: defaultSiteSettings(siteId, []), createdAtMs: 0 },
  });
  const [a, b] = [id('sit', 'a'), id('sit', 'b')];
  const known = [access(a), access(b)];
  const idsOf = (sites: InboxPlace['sites']) => scopeOf({ ...wholeInbox, sites }, known, access(a)).siteIds;

  it('are the one in view, all, or those that the agent has access to', () => {
    expect(idsOf('current')).toEqual([a]);
    expect(idsOf('all')).toEqual([a, b]);
    expect(idsOf([b, id('sit', 'c')])).toEqual([b]);
    expect(idsOf([id('sit', 'c')])).toEqual([a]);
    expect(scopeOf(wholeInbox, [], null)).toEqual({ siteIds: [], filter: noFilter });
  });

  it('are named in the address as shortly as they can be', () => {
    expect(sitesOf([a, b], known, a)).toBe('all');
    expect(sitesOf([a], known, a)).toBe('current');
    expect(sitesOf([], known, a)).toBe('current');
    expect(sitesOf([b], known, a)).toEqual([b]);
  });
});
