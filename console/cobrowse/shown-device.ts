import type { Device } from '../viewer/port.ts';

/** Narrowest side of a tablet in CSS pixels; the largest phones have 480. */
const tabletFromPx = 560;

/** What the page is seen on, as far as the browser's name and the viewport tell: "Safari 18 on iPhone". */
export function shownDevice(browser: string, page: { widthPx: number; heightPx: number }): Device {
  const narrowPx = Math.min(page.widthPx, page.heightPx);
  if (/iPhone$/.test(browser)) return 'phone';
  if (/iPad$/.test(browser)) return 'tablet';
  if (/Android$/.test(browser)) return narrowPx < tabletFromPx ? 'phone' : 'tablet';
  return 'window';
}
