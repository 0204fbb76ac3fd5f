import { expect, it } from 'vitest';
import { createDrafts, emptyDraft } from '../../../../console/inbox/drafts.ts';
import { keptInMemory } from '../kept-in-memory.ts';

const file = {
  id: 'fil_1',
  name: 'a.png',
  mime: 'image/png',
  sizeBytes: 10,
  widthPx: 1,
  heightPx: 1,
};

it('keeps the reply and the note of each conversation apart, over a reload', () => {
  const kept = keptInMemory();
  const drafts = createDrafts(kept);
  drafts.keep('cnv_a', 'reply', { text: 'Dear Ada', files: [file], isTemplate: false });
  drafts.keep('cnv_a', 'note', { text: 'She is angry', files: [], isTemplate: false });
  drafts.keep('cnv_b', 'reply', { text: 'Hi', files: [], isTemplate: true });
  const reloaded = createDrafts(kept);
  expect(reloaded.get('cnv_a', 'reply').value).toEqual({
    text: 'Dear Ada',
    files: [file],
    isTemplate: false,
  });
  expect(reloaded.get('cnv_a', 'note').value.text).toBe('She is angry');
  expect(reloaded.get('cnv_b', 'reply').value.isTemplate).toBe(true);
  expect(reloaded.get('cnv_b', 'note').value).toEqual(emptyDraft);

  drafts.keep('cnv_a', 'reply', emptyDraft);
  expect(createDrafts(kept).get('cnv_a', 'reply').value).toEqual(emptyDraft);
});

it('what could not be sent comes back behind what has been begun since', () => {
  const drafts = createDrafts(keptInMemory());
  drafts.keep('cnv_a', 'reply', { text: 'New words', files: [], isTemplate: false });
  drafts.giveBack('cnv_a', 'reply', { text: 'Old words', files: [file] });
  expect(drafts.get('cnv_a', 'reply').value).toEqual({
    text: 'New words\nOld words',
    files: [file],
    isTemplate: false,
  });
});
