import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HostPage {
  html: string;
  headers?: Record<string, string>;
}

export interface HostPages {
  /** `http://localhost:PORT`: an origin of its own, as it has a port of its own. */
  origin: string;
  /** Adds or replaces the page at a path. */
  serve(path: string, page: HostPage): void;
  close(): Promise<void>;
}

/** Pages of somebody else's site. `tag` is where a test puts the script tag. */
export async function startHostPages(pages: Record<string, HostPage> = {}): Promise<HostPages> {
  const byPath = new Map(Object.entries(pages));
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const page = byPath.get(path);
    response.writeHead(page ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      ...page?.headers,
    });
    response.end(page?.html ?? '<!doctype html><title>Not found</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  return {
    origin: `http://localhost:${port}`,
    serve(path, page) {
      byPath.set(path, page);
    },
    close() {
      closing ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

/** A small page with these pieces in its head and body. */
export function hostPage({ title = 'A host page', head = '', body = '<h1>A host page</h1>' } = {}): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body>${body}</body></html>`;
}

/** The script tag that a site owner pastes. */
export function scriptTag(parts: { origin: string; siteKey: string; nonce?: string }): string {
  const nonce = parts.nonce ? ` nonce="${parts.nonce}"` : '';
  return `<script async src="${parts.origin}/widget.js" data-site="${parts.siteKey}"${nonce}></script>`;
}
