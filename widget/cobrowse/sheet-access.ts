/** Whether the page's scripts, and so we, may look into a style sheet. */
export function isReadable(sheet: CSSStyleSheet): boolean {
  try {
    return sheet.cssRules !== null;
  } catch {
    return false;
  }
}
