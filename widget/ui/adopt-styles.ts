/** Constructed style sheets: allowed under any Content-Security-Policy, out of reach of the page's own styles. */
export function adoptStyles(root: DocumentOrShadowRoot, text: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
