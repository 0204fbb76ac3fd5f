/**
 * Marks a part of a text field as selected. Browsers draw the selection of the focused field alone, and the focus is the
 * agent's: the part is measured, and a copy of it lies over it. Fields of several lines are left as they are.
 */
export function fieldSelection(element: HTMLElement, { from, to }: { from: number; to: number }): () => void {
  const page = element.ownerDocument;
  const view = page.defaultView;
  const context = document.createElement('canvas').getContext('2d');
  if (element.localName !== 'input' || !view || !context) return () => {};
  const input = element as HTMLInputElement;
  const style = view.getComputedStyle(input);
  context.font = style.font;
  if ('letterSpacing' in context) context.letterSpacing = style.letterSpacing;
  const widthTo = (at: number) => context.measureText(input.value.slice(0, at)).width - input.scrollLeft;

  const px = (value: string) => Number.parseFloat(value) || 0;
  const { left, top, right, height } = input.getBoundingClientRect();
  const [before, after] = [
    px(style.borderLeftWidth) + px(style.paddingLeft),
    px(style.borderRightWidth) + px(style.paddingRight),
  ];
  const room = right - left - before - after;
  const [start, end] = [from, to].map((at) => Math.min(room, Math.max(0, widthTo(at)))) as [number, number];
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = context.measureText('x');
  const tall = Math.min(height, up + down);

  const box = page.createElement('div');
  const x = style.direction === 'rtl' ? left + before + room - end : left + before + start;
  const place = {
    left: x + view.scrollX,
    top: top + view.scrollY + (height - tall) / 2,
    width: end - start,
    height: tall,
  };
  box.textContent = input.value.slice(from, to);
  box.style.cssText = 'all:initial;position:absolute;z-index:2147483647;pointer-events:none;overflow:hidden';
  for (const [name, value] of Object.entries(place)) box.style.setProperty(name, `${value}px`);
  const look = { background: 'Highlight', color: 'HighlightText', font: style.font, whiteSpace: 'pre' };
  Object.assign(box.style, look, { letterSpacing: style.letterSpacing, lineHeight: `${tall}px` });
  /** Beside the body: no rule of the page counts on what stands there. */
  page.documentElement.append(box);
  return () => box.remove();
}
