import { Download, X } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { ChatFile } from '../../shared/model/chat-file.ts';
import { useConsole } from '../console-context.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { useModal } from '../ui/use-modal.ts';
import { sizeWords } from './file-check.ts';
import { useDownload } from './use-download.ts';

/** A picture as large as the window takes. */
export function ImageView({ file, onClose }: { file: ChatFile; onClose: () => void }) {
  const { desk } = useConsole();
  const dialog = useModal();
  const [url, setUrl] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const { download, busy } = useDownload(file);
  useEffect(() => {
    let isThere = true;
    void desk.files.open(file.id).then((opened) => {
      if (!isThere) return;
      if (opened.ok) setUrl(opened.url);
      else setProblem(refusalWords(opened));
    });
    return () => {
      isThere = false;
    };
  }, [desk, file.id]);
  return (
    <dialog
      ref={dialog}
      class="image-view"
      aria-label={`Picture ${file.name}`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <header class="image-view-head">
        <bdi class="ellipsis">{file.name}</bdi>
        <span class="muted">{sizeWords(file.sizeBytes)}</span>
        <Button look="quiet" icon={Download} label="Download" busy={busy} onClick={download} />
        <Button look="quiet" icon={X} label="Close" onClick={onClose} />
      </header>
      {problem ? <p role="alert">{problem}</p> : null}
      {url === null ? null : (
        <img
          src={url}
          alt={file.name}
          width={file.widthPx ?? undefined}
          height={file.heightPx ?? undefined}
        />
      )}
    </dialog>
  );
}
