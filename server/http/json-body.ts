import { RapportError } from '../../shared/errors.ts';

/** The longest body that is JSON needs less than this on any line. */
const maxBodyMs = 30_000;

/**
 * The JSON of a request's body, whether or not its length was announced; an empty body is an empty object. `too_large`
 * over `maxBytes`, of which no more is read, and `malformed` for what is no JSON.
 */
export async function jsonBody(request: Request, maxBytes: number): Promise<unknown> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw new RapportError('too_large');
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    void reader?.cancel();
  }, maxBodyMs);
  try {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      bytes += read.value.length;
      if (bytes > maxBytes) {
        await reader?.cancel();
        throw new RapportError('too_large');
      }
      chunks.push(read.value);
    }
  } finally {
    clearTimeout(timer);
  }
  if (isLate) throw new RapportError('malformed');
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new RapportError('malformed');
  }
}
