/**
 * Marks a part of a text field as selected. Browsers draw the selection of the focused field alone, and the focus is the
 * agent's: the part is measured, and a background stands for it. Fields of several lines are left as they are.
 */
export function fieldSelection(element: HTMLElement, { from, to }: { from: number; to: number }): () => void {
  const view = element.ownerDocument.defaultView;
  if (element.localName !== 'input' || !view) return () => {};
  const input = element as HTMLInputElement;
  const style = view.getComputedStyle(input);
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return () => {};
  context.font = style.font;
  if ('letterSpacing' in context) context.letterSpacing = style.letterSpacing;
  const widthTo = (at: number) => context.measureText(input.value.slice(0, at)).width - input.scrollLeft;
  const [start, end] = [Math.max(0, widthTo(from)), Math.max(0, widthTo(to))];
  const isReversed = style.direction === 'rtl';
  const color = '#3297fd80';
  const before = input.style.backgroundImage;
  input.style.backgroundImage = `linear-gradient(to ${isReversed ? 'left' : 'right'},transparent ${start}px,${color} ${start}px ${end}px,transparent ${end}px)`;
  input.style.backgroundOrigin = 'content-box';
  return () => {
    input.style.backgroundImage = before;
    input.style.backgroundOrigin = '';
  };
}
