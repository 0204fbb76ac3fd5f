/** Scheme, host and port of an address as browsers write it in the Origin header; null when it is not http(s). */
export function webOrigin(address: string | undefined): string | null {
  if (!address || !URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.origin : null;
}

/** Whether a page of `origin` may show a site's widget. */
export function isListedOrigin(listed: readonly string[], origin: string): boolean {
  const wanted = webOrigin(origin);
  return wanted !== null && listed.some((one) => webOrigin(one) === wanted);
}

/**
 * Origin of a request. Browsers leave the header out when a page asks its own server, and say so in `Sec-Fetch-Site`;
 * undefined means that the request does not come from a browser.
 */
export function requestOrigin(
  headers: { origin: string | undefined; secFetchSite: string | undefined },
  ownOrigin: string,
): string | undefined {
  if (headers.origin !== undefined) return headers.origin;
  return headers.secFetchSite === 'same-origin' ? ownOrigin : undefined;
}
