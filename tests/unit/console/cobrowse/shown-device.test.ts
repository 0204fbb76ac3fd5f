import { expect, it } from 'vitest';
import { shownDevice } from '../../../../console/cobrowse/shown-device.ts';

it.each([
  ['Safari 18 on iPhone', 393, 659, 'phone'],
  ['Safari 18 on iPhone', 852, 393, 'phone'],
  ['Safari 18 on iPad', 820, 1_106, 'tablet'],
  ['Chrome 156 on Android', 412, 784, 'phone'],
  ['Chrome 156 on Android', 915, 412, 'phone'],
  ['Chrome 156 on Android', 1_280, 720, 'tablet'],
  ['Chrome 156 on Windows', 400, 700, 'window'],
  ['Unknown browser', 1_280, 720, 'window'],
] as const)('%s at %i × %i is shown as a %s', (browser, widthPx, heightPx, device) => {
  expect(shownDevice(browser, { widthPx, heightPx })).toBe(device);
});
