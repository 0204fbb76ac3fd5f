import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agentColors } from '../../../../shared/model/agent.ts';
import { contrast, textOn } from '../../../../shared/model/color.ts';

const file = readFileSync(new URL('../../../../console/ui/tokens.css', import.meta.url), 'utf8');

function roles(selector: RegExp): Record<string, string> {
  const start = file.search(selector);
  const block = file.slice(start, file.indexOf('\n}', start));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, color]) => [name ?? '', color ?? '']),
  );
}

const light = roles(/^:root \{/m);
const themes = { light, dark: roles(/^:root\[data-theme=.dark.\] \{/m) };
const grounds = ['surface', 'sunken', 'raised', 'hover', 'selected'];

describe.each(Object.entries(themes))('%s theme', (_, theme) => {
  const color = (role: string) => {
    const value = theme[role];
    if (value === undefined) throw new Error(`the theme has no ${role}`);
    return value;
  };

  it('gives a value to each colour role', () => {
    expect(Object.keys(theme).sort()).toEqual(Object.keys(light).sort());
  });

  it.each(grounds)('text and muted text can be read on %s', (ground) => {
    expect(contrast(color('text'), color(ground))).toBeGreaterThanOrEqual(7);
    expect(contrast(color('muted'), color(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ...['accent', 'positive', 'warning', 'danger'].flatMap((role) =>
      ['surface', 'sunken', 'raised', 'selected'].map((ground) => [role, ground]),
    ),
    ...['accent', 'positive', 'warning', 'danger'].map((role) => [role, `${role}-soft`]),
    ['text', 'accent-soft'],
    ['accent', 'accent-soft'],
    ['on-accent', 'accent'],
    ['on-accent', 'accent-hover'],
    ['on-danger', 'danger'],
    // A toast is the theme turned round.
    ['surface', 'text'],
  ])('%s can be read on %s', (role = '', ground = '') => {
    expect(contrast(color(role), color(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['surface', 'sunken', 'raised'])('edges and the focus ring are seen on %s', (ground) => {
    expect(contrast(color('edge'), color(ground))).toBeGreaterThanOrEqual(3);
    expect(contrast(color('focus'), color(ground))).toBeGreaterThanOrEqual(3);
  });
});

it('white can be read on each agent colour', () => {
  for (const agentColor of agentColors) {
    expect(contrast('#ffffff', agentColor)).toBeGreaterThanOrEqual(4.5);
  }
});

it('text on any accent can be read', () => {
  expect(textOn('#0f6e62')).toBe('#ffffff');
  expect(textOn('#ffd400')).toBe('#000000');
  for (let value = 0; value <= 0xffffff; value += 4_099) {
    const accent = `#${value.toString(16).padStart(6, '0')}`;
    expect(contrast(textOn(accent), accent)).toBeGreaterThanOrEqual(4.5);
  }
});
