import { maxFilesPerMessage } from '../../../shared/limits.ts';
import { type FileKind, kindOfMime } from '../../../shared/model/chat-file.ts';
import type { SiteConfig } from '../../../shared/model/site.ts';
import { startsLikePageOrProgram } from '../../../shared/model/text-start.ts';
import type { OutboxFile } from '../../outbox-item.ts';
import { randomId } from '../../random-id.ts';
import { fileTexts } from './file-words.ts';

/** A file that was chosen, with the reason why it cannot be sent. */
export interface PickedFile {
  file: OutboxFile;
  refusal: string | null;
}

export type FileRules = SiteConfig['chat']['files'];

const kindOfEnding: Record<string, FileKind> = {
  rtf: 'document',
  doc: 'document',
  xls: 'document',
  ppt: 'document',
  csv: 'text',
  log: 'text',
  md: 'text',
  txt: 'text',
  gz: 'archive',
  '7z': 'archive',
  zip: 'archive',
  heic: 'image',
  flac: 'audio',
};
/** They can run, or show as a page. */
const neverEndings =
  /\.(?:exe|msi|bat|cmd|com|scr|ps1|sh|jar|apk|dmg|app|js|mjs|vbs|html?|xhtml|svgz?|xml|hta|lnk)$/i;

/** What browsers say of a file before anybody has looked into it; null: of no kind, undefined: nobody knows. */
function kindOfFile(name: string, mime: string): FileKind | null | undefined {
  if (neverEndings.test(name)) return null;
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const byMime = kindOfMime(mime);
  if (byMime ?? kindOfEnding[ending]) return byMime ?? kindOfEnding[ending];
  if (/^text\/(?!html|xml|javascript)/.test(mime)) return 'text';
  return mime === '' ? undefined : null;
}

/** First bytes of programs: Windows, Linux, macOS (in both byte orders, and for several processors), Android. */
const programStarts = [
  [0x4d, 0x5a],
  [0x7f, 0x45, 0x4c, 0x46],
  [0xfe, 0xed, 0xfa, 0xce],
  [0xfe, 0xed, 0xfa, 0xcf],
  [0xce, 0xfa, 0xed, 0xfe],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xca, 0xfe, 0xba, 0xbe],
  [0x64, 0x65, 0x78, 0x0a],
];
/** As much of a file as tells a program or a page; both may begin with blank lines. */
const startBytes = 1_024;

/** A program, script or page under whatever name: the server refuses it, and everything refused here. */
export function isProgramOrPage(start: Uint8Array): boolean {
  const isProgram = programStarts.some((known) => known.every((byte, index) => start[index] === byte));
  return isProgram || startsLikePageOrProgram(new TextDecoder().decode(start));
}

/** Why this file cannot be sent on this site, as far as its name, type and size tell; null when it may be tried. */
export function refusalOf(
  file: { name: string; type: string; size: number },
  rules: FileRules,
): string | null {
  if (file.size === 0) return fileTexts.empty;
  const kind = kindOfFile(file.name, file.type);
  if (kind === null || (kind && !rules.kinds.includes(kind))) {
    return unsupported(rules);
  }
  return file.size > rules.maxBytes ? fileTexts.tooLarge(rules.maxBytes) : null;
}

const unsupported = (rules: FileRules) => `${fileTexts.unsupported} ${fileTexts.kinds(rules.kinds)}`.trim();

export async function checkFiles(files: readonly File[], rules: FileRules): Promise<PickedFile[]> {
  return Promise.all(
    files.map(async (file) => {
      const refusal = refusalOf(file, rules) ?? (await contentRefusal(file, rules));
      const [widthPx, heightPx] = refusal === null ? await pixelsOf(file) : [null, null];
      return {
        refusal,
        file: {
          key: randomId(),
          // A pasted picture may have no name.
          name: file.name || `picture.${file.type.split('/')[1] ?? 'png'}`,
          mime: file.type,
          sizeBytes: file.size,
          widthPx,
          heightPx,
          blob: file,
          fileId: null,
          error: null,
        },
      };
    }),
  );
}

async function contentRefusal(file: File, rules: FileRules): Promise<string | null> {
  try {
    const start = new Uint8Array(await file.slice(0, startBytes).arrayBuffer());
    return isProgramOrPage(start) ? unsupported(rules) : null;
  } catch {
    // A folder, or a file that has gone from its place since.
    return fileTexts.unreadable;
  }
}

/** The first ones that can be sent stay; those over the number are refused. */
export function withinLimit(picked: readonly PickedFile[]): PickedFile[] {
  let count = 0;
  return picked.map((one) => {
    const isTooMany = one.refusal === null && ++count > maxFilesPerMessage;
    return isTooMany ? { ...one, refusal: fileTexts.tooMany(maxFilesPerMessage) } : one;
  });
}

async function pixelsOf(file: File): Promise<[number | null, number | null]> {
  if (!file.type.startsWith('image/')) return [null, null];
  try {
    const picture = await createImageBitmap(file);
    const { width, height } = picture;
    picture.close();
    return [width, height];
  } catch {
    // This browser cannot show it: it is sent as any other file.
    return [null, null];
  }
}
