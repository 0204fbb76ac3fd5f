import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FidelityPage, htmlOf, type PageFile } from './page.ts';

/** The pages at `/<name>`, each with its files beside it, on an origin of their own. */
export async function servePages(pages: readonly FidelityPage[]) {
  let tag = '';
  const files = new Map<string, PageFile>();
  for (const page of pages)
    for (const [path, file] of Object.entries(page.files ?? {})) files.set(path, file);
  const byPath = new Map(pages.map((page) => [`/${page.name}`, page]));

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const page = byPath.get(pathname);
    const file = files.get(pathname);
    if (pathname === '/') {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(htmlOf({ name: 'start', body: '<h1>Start</h1>' }, tag));
    } else if (page) {
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'set-cookie': 'member=yes; Path=/',
      });
      response.end(htmlOf(page, tag));
    } else if (file && (!file.cookie || request.headers.cookie?.includes(file.cookie))) {
      response.writeHead(200, { 'content-type': file.type, 'cache-control': 'max-age=600' });
      response.end(file.body);
    } else {
      response.writeHead(404);
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    setTag(text: string) {
      tag = text;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
