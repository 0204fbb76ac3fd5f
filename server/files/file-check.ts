import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileTypeFromBuffer, fileTypeFromFile } from 'file-type';
import { imageSizeFromFile } from 'image-size/fromFile';
import { RapportError } from '../../shared/errors.ts';
import { type FileKind, kindOfMime } from '../../shared/model/chat-file.ts';
import { agreedName, endingOf, soundMime } from './name-endings.ts';
import { isPlainText } from './plain-text.ts';

/** What a file is, as far as its bytes tell. */
export interface CheckedFile {
  name: string;
  mime: string;
  widthPx: number | null;
  heightPx: number | null;
}

/** A picture of more than this says that it wants to exhaust who opens it. The largest cameras make 150 million. */
const maxPixels = 2 ** 28;

/** Names of other spellings, to those of the shared list. */
const usualMimes: Readonly<Record<string, string>> = {
  'image/apng': 'image/png',
  'image/heif': 'image/heic',
  'audio/ogg; codecs=opus': 'audio/opus',
  'video/x-m4v': 'video/mp4',
};

/**
 * What the bytes at `path` are. They decide: it must be a type of one of these kinds, and the name must not say another
 * one. Throws `unsupported_file`. Nothing is unpacked or drawn here; only headers are read, and texts to their end.
 */
export async function checkFile(
  path: string,
  name: string,
  kinds: readonly FileKind[],
): Promise<CheckedFile> {
  const mime = await mimeOf(path, name, kinds);
  const kind = mime === null ? null : kindOfMime(mime);
  const keptName = mime === null ? null : agreedName(name, mime);
  if (mime === null || kind === null || keptName === null || !kinds.includes(kind)) throw unsupported();
  if (mime === 'application/x-cfb' && !(await isOfficeDocument(path))) throw unsupported();
  const size = kind === 'image' ? await sizeOf(path) : { widthPx: null, heightPx: null };
  return { name: keptName, mime, ...size };
}

/** The type of a file that {@link checkFile} has taken before; null when it is none that has a mark. */
export async function mimeOfBytes(bytes: Uint8Array): Promise<string | null> {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  return found ? (usualMimes[found.mime] ?? found.mime) : null;
}

const unsupported = () => new RapportError('unsupported_file');

async function mimeOf(path: string, name: string, kinds: readonly FileKind[]): Promise<string | null> {
  const found = await fileTypeFromFile(path).catch(() => {
    // Its beginning is that of a known type, and what follows is not.
    throw unsupported();
  });
  // The mark of UTF-16 looks like the first bytes of an old MPEG sound.
  if (found && found.mime !== 'audio/mpeg') {
    return soundMime(usualMimes[found.mime] ?? found.mime, endingOf(name), kinds);
  }
  if (await isPlainText(createReadStream(path))) return 'text/plain';
  return found?.mime ?? null;
}

/** Width and height as they are shown: a photo may be stored on its side. */
async function sizeOf(path: string): Promise<{ widthPx: number; heightPx: number }> {
  const {
    width,
    height,
    orientation = 1,
  } = await imageSizeFromFile(path).catch(() => {
    throw unsupported();
  });
  const isWhole = Number.isInteger(width) && Number.isInteger(height);
  if (!isWhole || width < 1 || height < 1 || width * height > maxPixels) throw unsupported();
  return orientation >= 5 ? { widthPx: height, heightPx: width } : { widthPx: width, heightPx: height };
}

/** Old Office files share their container with installers and message files: one of these streams must be inside. */
const officeStreams = ['WordDocument', 'Workbook', 'Book', 'PowerPoint Document'].map((name) =>
  Buffer.from(`${name}\0`, 'utf16le'),
);

async function isOfficeDocument(path: string): Promise<boolean> {
  const bytes = await readFile(path);
  return officeStreams.some((stream) => bytes.includes(stream));
}
