/**
 * Content-Security-Policy of the page that replays what a visitor's page sent. It is hostile input: it may load nothing
 * from anywhere, run nothing but the viewer's own code, and be framed by the console only.
 */
export function viewerPolicy(consoleOrigin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // Replayed pages carry their styles with them.
    "style-src 'self' 'unsafe-inline'",
    'img-src data: blob:',
    'font-src data: blob:',
    "worker-src 'self'",
    "media-src 'none'",
    "connect-src 'none'",
    "frame-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${consoleOrigin}`,
  ].join('; ');
}
