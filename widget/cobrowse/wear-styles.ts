/** Styles of a part that comes and goes, for the root that an element stands in. Returns how to take them off. */
export function wearStyles(element: Element, text: string): () => void {
  const root = element.getRootNode() as ShadowRoot;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return () => {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet);
  };
}
