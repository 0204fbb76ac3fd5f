/** What a site owner pastes into every page. */
export function scriptTag(serverOrigin: string, siteKey: string): string {
  return `<script async src="${serverOrigin}/widget.js" data-site="${siteKey}"></script>`;
}
