import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { freeColor, labelColors } from '../../../../console/settings/label-colors.ts';
import { contrast } from '../../../../shared/model/color.ts';

it('every colour is seen on every surface of both themes', () => {
  const tokens = readFileSync(new URL('../../../../console/ui/tokens.css', import.meta.url), 'utf8');
  const surfaces = [...tokens.matchAll(/--(?:surface|raised|sunken): (#[0-9a-f]{6})/g)].map(
    ([, color = '']) => color,
  );
  expect(surfaces).toHaveLength(6);
  for (const { color, name } of labelColors) {
    for (const surface of surfaces) {
      expect(contrast(color, surface), `${name} on ${surface}`).toBeGreaterThanOrEqual(3);
    }
  }
});

it('a new label takes a colour that none has', () => {
  expect(freeColor([])).toBe(labelColors[0].color);
  expect(freeColor([labelColors[0].color, labelColors[2].color])).toBe(labelColors[1].color);
  expect(freeColor(labelColors.map(({ color }) => color))).toBe(labelColors[0].color);
});
