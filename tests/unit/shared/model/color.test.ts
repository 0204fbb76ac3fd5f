import { describe, expect, it } from 'vitest';
import { contrast, mix, readable, textOn } from '../../../../shared/model/color.ts';
import { colorRoles, type Theme, themes } from '../../../../widget/shell/tokens.ts';

/** A walk through all hues, from dark to light. */
const accents = [
  '#000000',
  '#ffffff',
  '#808080',
  '#777777',
  '#ffff00',
  '#0000ff',
  '#0f6e62',
  '#ff5a5f',
  '#ffd400',
];
for (let value = 0; value < 0xffffff; value += 70_001)
  accents.push(`#${value.toString(16).padStart(6, '0')}`);

it('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#ffffff', '#ffffff')).toBe(1);
});

it('mixes two colours', () => {
  expect(mix('#000000', '#ffffff', 0.5)).toBe('#808080');
});

it('puts text of at least 4.5:1 on any accent', () => {
  for (const accent of accents) expect(contrast(textOn(accent), accent), accent).toBeGreaterThanOrEqual(4.5);
});

it('leaves an accent alone that can be read already', () => {
  expect(readable('#0f6e62', '#ffffff', '#16191d')).toBe('#0f6e62');
});

describe.each(Object.keys(themes) as Theme[])('the %s theme', (theme) => {
  const { surface, raised, text, muted, edge, positive, danger } = themes[theme];

  it('has text of 4.5:1 on every ground', () => {
    for (const words of [text, muted, positive, danger]) {
      for (const ground of [surface, raised])
        expect(contrast(words, ground), words).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('has edges of controls of 3:1', () => {
    expect(contrast(edge, surface)).toBeGreaterThanOrEqual(3);
  });

  it('can be read with any accent', () => {
    for (const accent of accents) {
      const roles = colorRoles(theme, accent) as Record<string, string>;
      const at = (role: string) => roles[role] ?? '';
      expect(contrast(at('on-accent'), accent), accent).toBeGreaterThanOrEqual(4.5);
      expect(contrast(at('on-accent-muted'), accent), accent).toBeGreaterThanOrEqual(4.5);
      expect(contrast(at('accent-text'), surface), accent).toBeGreaterThanOrEqual(4.5);
      expect(contrast(at('accent-text'), raised), accent).toBeGreaterThanOrEqual(4.5);
      expect(contrast(text, at('accent-soft')), accent).toBeGreaterThanOrEqual(4.5);
    }
  });
});
