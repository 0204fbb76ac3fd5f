import type { ChatFile } from '../../shared/model/chat-file.ts';
import type { Entry, Sender } from '../../shared/model/conversation.ts';
import { messageViews } from '../../shared/model/message-view.ts';
import * as menuTexts from './texts.ts';

export interface TranscriptFacts {
  site: string;
  entries: readonly Entry[];
  savedAtMs: number;
  /** IANA name, e.g. `Europe/Berlin`. */
  timeZone: string;
  language: string | undefined;
}

/**
 * A conversation as plain text: who said what and when, with the zone; files by name; edits and deletions as they stand
 * now. What agents keep to themselves is not in the visitor's log.
 */
export function transcriptText({ site, entries, savedAtMs, timeZone, language }: TranscriptFacts): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone, ...options });
  const whole = format({ dateStyle: 'full', timeStyle: 'short' });
  const day = format({ dateStyle: 'full' });
  const time = format({ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
  const views = messageViews(entries);
  const lines = [menuTexts.heading(site), menuTexts.savedAt(whole.format(savedAtMs), timeZone)];
  let shownDay = '';

  for (const entry of entries) {
    const said = linesOf(entry, views);
    if (said.length === 0) continue;
    const entryDay = day.format(entry.atMs);
    if (entryDay !== shownDay) lines.push('', entryDay, '');
    shownDay = entryDay;
    const [first = '', ...more] = said;
    lines.push(`[${time.format(entry.atMs)}] ${first}`, ...more.map((line) => `    ${line}`));
  }
  return `${lines.join('\r\n')}\r\n`;
}

function linesOf(entry: Entry, views: ReturnType<typeof messageViews>): string[] {
  switch (entry.kind) {
    case 'message': {
      const view = views.get(entry.seq);
      if (!view) return [];
      const name = nameOf(view.sender);
      if (view.isDeleted) return [`${name}: ${menuTexts.deleted}`];
      const [first = '', ...more] = view.text.split(/\r?\n/);
      const files = view.files.map(fileLine);
      const lines = view.text === '' ? [`${name}:`, ...files] : [`${name}: ${first}`, ...more, ...files];
      return view.editedAtMs === null ? lines : [...lines, menuTexts.edited];
    }
    case 'form': {
      const { fields, consent } = entry.payload;
      const lines = fields.map(({ label, value }) => `${label}: ${value}`);
      return consent ? [...lines, `${menuTexts.agreed} ${consent}`] : lines;
    }
    case 'status':
      return [`-- ${entry.payload.status === 'closed' ? menuTexts.closed : menuTexts.reopened}`];
    default:
      return [];
  }
}

function nameOf(sender: Sender): string {
  if (sender.role === 'visitor') return menuTexts.you;
  return sender.role === 'agent' ? sender.name : menuTexts.team;
}

function fileLine({ name, sizeBytes }: ChatFile): string {
  const kb = Math.round(sizeBytes / 1_000);
  if (sizeBytes < 1_000) return menuTexts.file(name, `${sizeBytes} B`);
  return menuTexts.file(name, kb < 1_000 ? `${kb} kB` : `${(sizeBytes / 1_000_000).toFixed(1)} MB`);
}

/** Signs that no file system takes become spaces. */
export function transcriptFileName(site: string, atMs: number): string {
  const day = new Date(atMs).toISOString().slice(0, 10);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return menuTexts.fileName(site.replace(/[\\/:*?"<>|\u0000-\u001f]/g, ' ').trim() || 'Chat', day);
}
