/** Content-Security-Policy of the page that shows a site's chat in a window of its own. */
export function popoutPolicy(ownOrigin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // Pictures of messages are fetched with the visitor's authority and shown from memory.
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "font-src 'self'",
    // Not every browser takes a WebSocket to the page's own host for 'self'.
    `connect-src 'self' blob: ${ownOrigin.replace(/^http/, 'ws')}`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
