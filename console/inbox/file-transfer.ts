import type { Refusal } from '../../shared/errors.ts';
import type { ChatFile } from '../../shared/model/chat-file.ts';

export interface UploadParts {
  file: File;
  siteId: string;
  accessToken: string;
  /** From 0 to 1. */
  onShare(share: number): void;
  signal: AbortSignal;
}

/**
 * Sends a file's bytes. Never rejects: without an answer it resolves to the refusal `unavailable`.
 * XMLHttpRequest, because no browser tells the progress of a `fetch` that sends.
 */
export function uploadFile({
  file,
  siteId,
  accessToken,
  onShare,
  signal,
}: UploadParts): Promise<{ ok: true; file: ChatFile } | Refusal> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/agent/files?site=${encodeURIComponent(siteId)}`);
    request.setRequestHeader('authorization', `Bearer ${accessToken}`);
    request.setRequestHeader('x-file-name', nameHeader(file.name));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onloadend = () => resolve(readAnswer(request.response));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    if (signal.aborted) resolve(unavailable);
    else request.send(file);
  });
}

/** A name as the header takes it. File systems allow halves of characters, which no encoding of text does. */
export const nameHeader = (name: string): string =>
  encodeURIComponent((name || 'pasted').replace(/\p{Surrogate}/gu, '\ufffd'));

const unavailable: Refusal = { ok: false, error: 'unavailable' };

/** A proxy between may answer anything; only our own answers count. */
function readAnswer(
  answer: { ok: true; file: ChatFile } | Refusal | null,
): { ok: true; file: ChatFile } | Refusal {
  if (answer?.ok === true && typeof answer.file?.id === 'string') return answer;
  return answer?.ok === false && typeof answer.error === 'string' ? answer : unavailable;
}
