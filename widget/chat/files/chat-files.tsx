import { Download, File, FileArchive, FileAudio, FileText, FileVideo, Image, Paperclip, X } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type ChatFile, kindOfMime, shownImageMimes } from '../../../shared/model/chat-file.ts';
import type { Actions, Held } from '../../actions.ts';
import type { OutboxFile } from '../../outbox-item.ts';
import { Icon } from '../../ui/icon.tsx';
import type { FileDoor, Progress } from '../chat-parts.ts';
import type { MessageRow } from '../rows.ts';
import { FileGone, fileBytes, saveBytes } from './file-bytes.ts';
import { checkFiles, type FileRules, type PickedFile, withinLimit } from './file-check.ts';
import { fileTexts, refusalWords, sizeWords } from './file-words.ts';
import { Lightbox } from './lightbox.tsx';

export { styles } from './file-styles.ts';
export { startUploads } from './uploads.ts';

const icons = { image: Image, archive: FileArchive, audio: FileAudio, video: FileVideo, text: FileText };
const iconOf = (mime: string) =>
  ({ ...icons, pdf: FileText, document: FileText })[kindOfMime(mime) ?? 'text'] ?? File;

/** An address for bytes that are here, as long as the component is. */
function useAddress(bytes: Blob | null): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!bytes) return;
    const made = URL.createObjectURL(bytes);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes]);
  return address;
}

/** Over the panel while files are dragged on it. */
export function DropZone() {
  return (
    <div class="drop-zone">
      <Icon of={Paperclip} size={28} />
      {fileTexts.dropHere}
    </div>
  );
}

// ── before sending ───────────────────────────────────────────────────────────────────────────────────────────

export interface FileTrayProps {
  /** Those that can be sent. */
  held: Held;
  /** Chosen, and not looked at yet. */
  chosen: readonly File[];
  rules: FileRules;
  /** The chosen ones that can be sent are held. */
  onChecked(areAllGood: boolean): void;
  onRemove(): void;
}

export function FileTray({ held, chosen, rules, onChecked, onRemove }: FileTrayProps) {
  const [refused, setRefused] = useState<readonly PickedFile[]>([]);
  const latest = useRef(held);
  latest.current = held;
  const rounds = useRef(0);
  useEffect(() => {
    if (chosen.length === 0) return;
    rounds.current += 1;
    const round = rounds.current;
    void checkFiles(chosen, rules).then((checked) => {
      // More were chosen meanwhile, and are looked at together with these. That the panel has been closed is no reason.
      if (round !== rounds.current) return;
      const { files, hold } = latest.current;
      const picked = withinLimit([...files.map((file) => ({ file, refusal: null })), ...checked]);
      const refusals = picked.filter(({ refusal }) => refusal !== null);
      hold(picked.filter(({ refusal }) => refusal === null).map(({ file }) => file));
      setRefused((before) => [...before, ...refusals]);
      onChecked(refusals.length === 0);
    });
  }, [chosen]);

  function remove(key: string) {
    if (held.files.some((file) => file.key === key)) held.hold(held.files.filter((file) => file.key !== key));
    setRefused(refused.filter(({ file }) => file.key !== key));
    onRemove();
  }

  // What is wrong stands first: the tray shows three at a time.
  const shown: PickedFile[] = [...refused, ...held.files.map((file) => ({ file, refusal: null }))];
  if (shown.length === 0) return null;
  return (
    <ul class="tray" aria-label={fileTexts.added}>
      {shown.map(({ file, refusal }) => (
        <li key={file.key} class={refusal ? 'file refused' : 'file'}>
          <Preview file={file} />
          <span class="file-words">
            <bdi>{file.name}</bdi>
            {refusal ? (
              <span class="refusal" role="alert">
                <bdi>{refusal}</bdi>
              </span>
            ) : (
              <span>
                <bdi dir="ltr">{sizeWords(file.sizeBytes)}</bdi>
              </span>
            )}
          </span>
          <RemoveButton label={fileTexts.remove(file.name)} onPress={() => remove(file.key)} />
        </li>
      ))}
    </ul>
  );
}

function RemoveButton({ label, onPress }: { label: string; onPress(): void }) {
  return (
    <button type="button" class="file-remove" aria-label={label} title={label} onClick={onPress}>
      <Icon of={X} size={16} />
    </button>
  );
}

/** A small picture of the file, or the sign of its kind. */
function Preview({ file }: { file: OutboxFile }) {
  const isShown = shownImageMimes.includes(file.mime);
  const address = useAddress(isShown ? file.blob : null);
  const [isBlocked, setBlocked] = useState(false);
  return (
    <span class="file-sign">
      {address && !isBlocked ? (
        <img src={address} alt="" onError={() => setBlocked(true)} />
      ) : (
        <Icon of={iconOf(file.mime)} />
      )}
    </span>
  );
}

// ── in a message ─────────────────────────────────────────────────────────────────────────────────────────────

export interface FileListProps {
  row: MessageRow;
  actions: Pick<Actions, 'removeFile' | 'retry'>;
  door: FileDoor;
  progress: Progress;
  /** Stands beside the last file. */
  children: preact.ComponentChildren;
}

export function FileList({ row, actions, door, progress, children }: FileListProps) {
  const { files, pendingFiles, text, taskId } = row;
  const refused = pendingFiles.find(({ error }) => error !== null);
  const all = [
    ...files.map((file) => ({ key: file.id, view: <Sent file={file} door={door} /> })),
    ...pendingFiles.map((file) => ({
      key: file.key,
      view: (
        <Pending
          file={file}
          isFailed={row.status === 'failed'}
          progress={progress}
          onRemove={() => actions.removeFile(taskId ?? '', file.key)}
        />
      ),
    })),
  ];
  return (
    <div class="files">
      {all.map(({ key, view }, index) => (
        <div key={key} class="beside">
          {view}
          {index === all.length - 1 && children}
        </div>
      ))}
      {refused && (text || pendingFiles.length > 1) && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            actions.removeFile(taskId ?? '', refused.key);
            actions.retry(taskId ?? '');
          }}
        >
          {fileTexts.sendWithout}
        </button>
      )}
    </div>
  );
}

function Sent({ file, door }: { file: ChatFile; door: FileDoor }) {
  const { id, name, mime, sizeBytes, widthPx, heightPx } = file;
  const card = <Card name={name} mime={mime} sizeBytes={sizeBytes} id={id} door={door} />;
  if (!shownImageMimes.includes(mime) || !widthPx || !heightPx) return card;
  return (
    <Picture name={name} widthPx={widthPx} heightPx={heightPx} read={() => fileBytes(id, door)}>
      {card}
    </Picture>
  );
}

interface PendingProps {
  file: OutboxFile;
  isFailed: boolean;
  progress: Progress;
  onRemove(): void;
}

function Pending({ file, isFailed, progress, onRemove }: PendingProps) {
  const [share, setShare] = useState(() => progress.of(file.key));
  useEffect(() => progress.onChange(() => setShare(progress.of(file.key))), [file.key]);
  const label = isFailed ? fileTexts.remove(file.name) : fileTexts.cancel(file.name);
  return (
    <div class={file.error ? 'file refused' : 'file'}>
      <Preview file={file} />
      <span class="file-words">
        <bdi>{file.name}</bdi>
        {file.error ? (
          <span class="refusal">
            <bdi>{refusalWords(file.error)}</bdi>
          </span>
        ) : share !== null ? (
          <progress aria-label={fileTexts.uploading(file.name)} max={1} value={share} />
        ) : (
          <span>
            <bdi>{file.fileId ? sizeWords(file.sizeBytes) : fileTexts.waiting}</bdi>
          </span>
        )}
      </span>
      {file.fileId === null && <RemoveButton label={label} onPress={onRemove} />}
    </div>
  );
}

interface CardProps {
  id: string;
  name: string;
  mime: string;
  sizeBytes: number;
  door: FileDoor;
}

function Card({ id, name, mime, sizeBytes, door }: CardProps) {
  const [phase, setPhase] = useState<'ready' | 'busy' | 'failed' | 'gone'>('ready');
  async function save() {
    if (phase === 'busy') return;
    setPhase('busy');
    try {
      saveBytes(await fileBytes(id, door), name);
      setPhase('ready');
    } catch (error) {
      setPhase(error instanceof FileGone ? 'gone' : 'failed');
    }
  }
  const size = sizeWords(sizeBytes);
  const state = { ready: size, busy: fileTexts.loading, failed: fileTexts.failed, gone: fileTexts.gone }[
    phase
  ];
  return (
    <button
      type="button"
      class="file"
      title={fileTexts.save}
      aria-label={fileTexts.download(name, size)}
      onClick={save}
    >
      <span class="file-sign">
        <Icon of={iconOf(mime)} />
      </span>
      <span class="file-words">
        <bdi>{name}</bdi>{' '}
        <span class={phase === 'failed' || phase === 'gone' ? 'refusal' : ''} role="status">
          <bdi>{state}</bdi>
        </span>
      </span>
      <Icon of={Download} size={18} />
    </button>
  );
}

interface PictureProps {
  name: string;
  widthPx: number;
  heightPx: number;
  read(): Promise<Blob>;
  /** Stands in its place where the page's policy forbids it, or it cannot be read. */
  children: preact.ComponentChildren;
}

/** A picture in the room that it will take: nothing moves when it arrives. Fetched when it comes near the screen. */
function Picture({ name, widthPx, heightPx, read, children }: PictureProps) {
  const box = useRef<HTMLButtonElement>(null);
  const [bytes, setBytes] = useState<Blob | null>(null);
  const [isFailed, setFailed] = useState(false);
  const [isLarge, setLarge] = useState(false);
  const address = useAddress(bytes);

  useEffect(() => {
    if (!box.current) return;
    const sight = new IntersectionObserver(
      ([first]) => {
        if (!first?.isIntersecting) return;
        sight.disconnect();
        read().then(setBytes, () => setFailed(true));
      },
      { rootMargin: '300px' },
    );
    sight.observe(box.current);
    return () => sight.disconnect();
  }, []);

  if (isFailed) return <>{children}</>;
  // As large as it is, within 240 × 280; very long or narrow ones are cut.
  const shrink = Math.min(1, 240 / widthPx, 280 / heightPx);
  const size = { width: Math.max(64, widthPx * shrink), height: Math.max(48, heightPx * shrink) };
  return (
    <>
      <button
        ref={box}
        type="button"
        class="picture"
        aria-label={fileTexts.enlarge(name)}
        style={{ width: `${size.width}px`, aspectRatio: `${size.width} / ${size.height}` }}
        disabled={!address}
        onClick={() => setLarge(true)}
      >
        {address && <img src={address} alt="" onError={() => setFailed(true)} />}
      </button>
      {isLarge && address && bytes && (
        <Lightbox
          name={name}
          address={address}
          onSave={() => saveBytes(bytes, name)}
          onClose={() => {
            setLarge(false);
            box.current?.focus();
          }}
        />
      )}
    </>
  );
}
