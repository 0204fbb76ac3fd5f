/**
 * Whether {@link file://./message-format.ts parseMessage} could show a text as more than lines with links. It may say
 * yes too often, never no: a page fetches the parser and its view only for the texts that need them.
 */
export function hasMarkup(text: string): boolean {
  return /[*_~]\S|`|^ {0,3}(?:>(?: |$)|[-*•] |1[.)] )/m.test(text);
}
