import { File as FileIcon, RotateCw, X } from 'lucide';
import type { ChatFile } from '../../shared/model/chat-file.ts';
import { useConsole } from '../console-context.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Attachment } from './attachments.ts';
import { type FileRules, fileFaultWords, sizeWords } from './file-check.ts';
import './attachment-list.css';

export interface AttachmentListProps {
  /** On the server already. */
  files: readonly ChatFile[];
  attachments: readonly Attachment[];
  draftKey: string;
  rules: FileRules;
  onRemove(file: ChatFile): void;
}

/** What was refused for its bytes is no picture after all. */
const isPicture = (state: Attachment['state']) => state.phase === 'uploading' || state.retryable;

/** Files of what is being written: those that are there, on their way, and refused with the reason at the file. */
export function AttachmentList({ files, attachments, draftKey, rules, onRemove }: AttachmentListProps) {
  const { desk } = useConsole();
  if (files.length + attachments.length === 0) return null;
  return (
    <ul class="attachments" aria-label="Files">
      {files.map((file) => (
        <li key={file.id} class="attachment">
          <Icon node={FileIcon} />
          <span class="attachment-words">
            <bdi class="ellipsis">{file.name}</bdi>
            <span class="muted">{sizeWords(file.sizeBytes)}, ready</span>
          </span>
          <Button look="quiet" icon={X} label={`Remove ${file.name}`} onClick={() => onRemove(file)} />
        </li>
      ))}
      {attachments.map(({ id, name, sizeBytes, previewUrl, state }) => (
        <li key={id} class={state.phase === 'failed' ? 'attachment attachment-failed' : 'attachment'}>
          {previewUrl && isPicture(state) ? (
            <img class="attachment-preview" src={previewUrl} alt="" />
          ) : (
            <Icon node={FileIcon} />
          )}
          <span class="attachment-words">
            <bdi class="ellipsis">{name}</bdi>
            {state.phase === 'failed' ? (
              <span role="alert">{fileFaultWords(state.error, rules)}</span>
            ) : (
              <progress
                class="attachment-progress"
                aria-label={`Uploading ${name}, ${sizeWords(sizeBytes)}`}
                value={state.share}
                max={1}
              />
            )}
          </span>
          {state.phase === 'failed' && state.retryable ? (
            <Button
              look="quiet"
              icon={RotateCw}
              label={`Try ${name} again`}
              onClick={() => desk.attachments.retry(id)}
            />
          ) : null}
          <Button
            look="quiet"
            icon={X}
            label={state.phase === 'failed' ? `Remove ${name}` : `Stop uploading ${name}`}
            onClick={() => desk.attachments.cancel(draftKey, id)}
          />
        </li>
      ))}
    </ul>
  );
}
