/** Content-Security-Policy of the agent console. `viewerOrigin` null: there is no viewer to frame. */
export function consolePolicy(ownOrigin: string, viewerOrigin: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    // Not every browser takes a WebSocket to the page's own host for 'self'.
    `connect-src 'self' ${ownOrigin.replace(/^http/, 'ws')}`,
    `frame-src ${viewerOrigin ?? "'none'"}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
