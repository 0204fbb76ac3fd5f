import type { IconNode } from 'lucide';
import { Download, FileArchive, FileAudio, File as FileIcon, FileText, FileVideo, ImageOff } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type ChatFile, kindOfMime, shownImageMimes } from '../../shared/model/chat-file.ts';
import { useConsole } from '../console-context.ts';
import { refusalWords } from '../refusal-words.ts';
import { Icon } from '../ui/icon.tsx';
import { sizeWords } from './file-check.ts';
import { ImageView } from './image-view.tsx';
import { useDownload } from './use-download.ts';
import './message-files.css';

/** Box in which a picture of a message stands. */
const maxWidthPx = 320;
const maxHeightPx = 240;

export function MessageFiles({ files }: { files: readonly ChatFile[] }) {
  return (
    <div class="message-files">
      {files.map((file) =>
        shownImageMimes.includes(file.mime) && file.widthPx && file.heightPx ? (
          <MessageImage key={file.id} file={file} widthPx={file.widthPx} heightPx={file.heightPx} />
        ) : (
          <FileCard key={file.id} file={file} />
        ),
      )}
    </div>
  );
}

interface MessageImageProps {
  file: ChatFile;
  widthPx: number;
  heightPx: number;
}

/** A picture in its place, which is kept free before it is there: nothing below it jumps. */
function MessageImage({ file, widthPx, heightPx }: MessageImageProps) {
  const { desk } = useConsole();
  const place = useRef<HTMLButtonElement>(null);
  const [url, setUrl] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [open, setOpen] = useState(false);
  const scale = Math.min(1, maxWidthPx / widthPx, maxHeightPx / heightPx);

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let isThere = true;
    // Only what comes into view is fetched: a long conversation may hold hundreds.
    const observer = new IntersectionObserver(
      (seen) => {
        if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        void desk.files.open(file.id).then((opened) => {
          if (!isThere) return;
          if (opened.ok) setUrl(opened.url);
          else setFailed(true);
        });
      },
      { rootMargin: '400px' },
    );
    observer.observe(element);
    return () => {
      isThere = false;
      observer.disconnect();
    };
  }, [desk, file.id]);

  if (failed) return <FileCard file={file} icon={ImageOff} />;
  return (
    <>
      <button
        ref={place}
        type="button"
        class="message-image"
        aria-label={`Picture ${file.name}: view larger`}
        aria-haspopup="dialog"
        style={{
          inlineSize: `${Math.max(24, Math.round(widthPx * scale))}px`,
          aspectRatio: `${widthPx} / ${heightPx}`,
        }}
        onClick={() => setOpen(true)}
      >
        {url === null ? null : <img src={url} alt="" draggable={false} onError={() => setFailed(true)} />}
      </button>
      {open ? <ImageView file={file} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

const kindIcons: Partial<Record<string, IconNode>> = {
  pdf: FileText,
  document: FileText,
  text: FileText,
  archive: FileArchive,
  audio: FileAudio,
  video: FileVideo,
};

function FileCard({ file, icon }: { file: ChatFile; icon?: IconNode }) {
  const { download, busy, refusal } = useDownload(file);
  return (
    <button
      type="button"
      class="file-card"
      aria-label={`Download ${file.name}, ${sizeWords(file.sizeBytes)}`}
      aria-busy={busy}
      onClick={download}
    >
      <Icon node={icon ?? kindIcons[kindOfMime(file.mime) ?? ''] ?? FileIcon} sizePx={20} />
      <span class="file-words">
        <bdi class="ellipsis">{file.name}</bdi>
        <span class={refusal ? 'file-refused' : 'muted'} role={refusal ? 'alert' : undefined}>
          {refusal ? refusalWords(refusal) : busy ? 'Loading…' : sizeWords(file.sizeBytes)}
        </span>
      </span>
      <Icon node={Download} />
    </button>
  );
}
