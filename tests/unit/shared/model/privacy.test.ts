import { describe, expect, it } from 'vitest';
import { isPrivatePiece, matchesPath, selectorsFor } from '../../../../shared/model/page-address.ts';
import {
  firstLevel,
  hidesContent,
  isNeverShown,
  levelWithin,
  maskTyped,
  maskWords,
  stricterLevel,
} from '../../../../shared/model/page-privacy.ts';
import { isCardNumber, isIban, maskPatterns, privateRanges } from '../../../../shared/model/privacy.ts';
import { maskAddress } from '../../../../shared/model/privacy-hint.ts';

const nothing = { block: false, mask: false, unmask: false };

describe('levels', () => {
  it('the stricter mark wins, wherever it stands', () => {
    expect(levelWithin('plain', nothing)).toBe('plain');
    expect(levelWithin('plain', { ...nothing, unmask: true })).toBe('unmasked');
    expect(levelWithin('masked', { ...nothing, unmask: true })).toBe('masked');
    expect(levelWithin('unmasked', { ...nothing, mask: true })).toBe('masked');
    expect(levelWithin('plain', { block: true, mask: true, unmask: true })).toBe('blocked');
    expect(levelWithin('blocked', { ...nothing, unmask: true })).toBe('blocked');
    expect(levelWithin(firstLevel(true), nothing)).toBe('veiled');
    expect(levelWithin('veiled', { ...nothing, unmask: true })).toBe('unmasked');
    expect(levelWithin('veiled', { ...nothing, mask: true, unmask: true })).toBe('masked');
    expect((['masked', 'veiled', 'plain'] as const).map((level) => hidesContent(level))).toEqual([
      true,
      true,
      false,
    ]);
    expect(stricterLevel('veiled', 'masked')).toBe('masked');
    expect(stricterLevel('unmasked', 'masked')).toBe('masked');
    expect(stricterLevel('plain', 'unmasked')).toBe('plain');
  });
});

describe('rules by path', () => {
  it.each([
    ['/', '/', true],
    ['/', '/a', false],
    ['*', '/any/thing', true],
    ['/account*', '/account', true],
    ['/account*', '/account/orders', true],
    ['/account/*', '/account', false],
    ['*/edit', '/users/7/edit', true],
    ['*/edit', '/users/7/edit/more', false],
    ['/a/*/b/*/c', '/a/1/b/2/c', true],
    ['/a/*/b/*/c', '/a/1/c', false],
    ['/a*a', '/a', false],
    ['/a.b', '/axb', false],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(matchesPath(pattern, path)).toBe(expected);
  });

  it('all rules that match add up', () => {
    const rules = [
      { path: '/*', mask: ['.name'], block: [], unmask: [] },
      { path: '/account*', mask: [], block: ['#orders'], unmask: ['input'] },
      { path: '/shop', mask: ['.price'], block: [], unmask: [] },
    ];
    expect(selectorsFor(rules, '/account/me')).toEqual({
      mask: ['.name'],
      block: ['#orders'],
      unmask: ['input'],
    });
  });

  it('a hostile pattern costs no time', () => {
    expect(matchesPath(`${'*a'.repeat(140)}b`, '/'.padEnd(20_000, 'a'))).toBe(false);
  });
});

describe('fields', () => {
  const field = { type: 'text', autocomplete: '', name: '', id: '' };

  it.each([
    { type: 'password' },
    { autocomplete: 'cc-number' },
    { autocomplete: 'section-pay billing cc-exp' },
    { autocomplete: 'one-time-code' },
    { autocomplete: 'new-password' },
    { autocomplete: 'Current-Password' },
    { name: 'cardNumber' },
    { name: 'card_cvc' },
    { id: 'user-password' },
    { name: 'pin' },
    { name: 'otp' },
    { id: 'iban' },
  ])('never shows %o', (facts) => {
    expect(isNeverShown({ ...field, ...facts })).toBe(true);
  });

  it.each([
    { name: 'shipping' },
    { name: 'city' },
    { autocomplete: 'email' },
    { id: 'spinner' },
    { name: 'card' },
  ])('may show %o', (facts) => {
    expect(isNeverShown({ ...field, ...facts })).toBe(false);
  });
});

describe('text', () => {
  it.each([
    '4111111111111111',
    '378282246310005',
    '5555555555554444',
    '6011111111111117',
    '2223003122003222',
  ])('%s is a card number', (digits) => expect(isCardNumber(digits)).toBe(true));
  it.each(['4111111111111112', '1234567812345670', '411111111111', '41111111111111111111'])(
    '%s is none',
    (digits) => expect(isCardNumber(digits)).toBe(false),
  );

  it.each([
    'DE89370400440532013000',
    'GB29NWBK60161331926819',
    'MT84MALT011000012345MTLCAST001S',
    'NO9386011117947',
  ])('%s is an IBAN', (text) => expect(isIban(text)).toBe(true));
  it.each(['DE89370400440532013001', 'XX', 'ABCD', 'DE8937040044053201300!'])('%s is none', (text) =>
    expect(isIban(text)).toBe(false),
  );

  it.each([
    ['Card 4111 1111 1111 1111 ends', 'Card •••••• ends'],
    ['4111-1111-1111-1111', '••••••'],
    ['Amex 3782 822463 10005', 'Amex ••••••'],
    ['n20244111111111111111x', 'n202••••••x'],
    ['4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1', '••••••'],
    ['Pay to DE89 3704 0044 0532 0130 00 Berlin', 'Pay to •••••• Berlin'],
    ['write to Jane.Doe+shop@mail.example.com!', 'write to ••••••!'],
    ['жена@пример.рф', '••••••'],
    ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln ok', 'token •••••• ok'],
    ['key 0123456789abcdef0123456789abcdef', 'key ••••••'],
    ['call +49 30 9018 2058 now', 'call •••••• now'],
    ['(555) 013-4459', '••••••'],
    ['555-013-4459', '••••••'],
    ['0800 1234567', '••••••'],
    ['SSN 078-05-1120', 'SSN ••••••'],
  ])('%s becomes %s', (text, shown) => {
    expect(maskPatterns(text)).toBe(shown);
  });

  it.each([
    'Sizes 36 37 38 39 40 41 42 43 44',
    '€ 1,299.00 instead of € 1,499.00',
    '2024-11-21 10:45',
    '01/2024 to 12/2026',
    'Order 20241121',
    'ISBN 9 780306 406157',
    '1 200 000 people',
    'Room 101, floor 3',
    'a@b',
    'AB12 is a door',
    'some-very-long-name-of-a-product-made-of-oak-2024',
  ])('%s stays', (text) => {
    expect(maskPatterns(text)).toBe(text);
  });

  it('stays fast on hostile text', () => {
    const startedMs = performance.now();
    for (const text of [
      '1 '.repeat(20_000),
      'a.'.repeat(20_000),
      '+1'.repeat(20_000),
      'DE12 '.repeat(8_000),
    ]) {
      privateRanges(text);
    }
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });

  it('hides a card number while it is typed, from its ninth digit on', () => {
    expect(maskTyped('4111 1111')).toBe('4111 1111');
    expect(maskTyped('4111 1111 1')).toBe('••••••');
    expect(maskTyped('jane@')).toBe('••••••');
    expect(maskTyped('2 chairs, 140 cm')).toBe('2 chairs, 140 cm');
  });

  it('masked words keep their number and nothing of their length', () => {
    expect(maskWords('Jane Doe,\n Berlin')).toBe('•••• ••••\n ••••');
  });
});

describe('addresses', () => {
  it.each([
    ['https://a.example/shop/oak-chair?page=2', 'https://a.example/shop/oak-chair?page=2'],
    ['https://a.example/reset/9f86d081884c7d659a2feaa0c55ad015', 'https://a.example/reset/***'],
    ['https://a.example/u/jane%40mail.example/edit', 'https://a.example/u/***/edit'],
    ['https://a.example/o/6fa459ea-ee8a-3ca4-894e-db77e160355e', 'https://a.example/o/***'],
    ['https://a.example/u/jane%2540mail.example', 'https://a.example/u/***'],
    ['https://a.example/?q=jane@mail.example', 'https://a.example/?q=***'],
    ['https://a.example/?q=4111+1111+1111+1111', 'https://a.example/?q=***'],
    ['https://a.example/t/x8Jd-92kLsP0aQwE4-r7Ty', 'https://a.example/t/***'],
    ['https://a.example/iPhone-15-Pro-Max-256GB-Black', 'https://a.example/iPhone-15-Pro-Max-256GB-Black'],
    ['https://a1b2c3d4e5f6a7b8c9d0e1.example/', 'https://a1b2c3d4e5f6a7b8c9d0e1.example/'],
    ['https://a.example', 'https://a.example'],
    ['https://a.example/%E0%A4%A', 'https://a.example/%E0%A4%A'],
  ])('%s becomes %s', (url, shown) => {
    expect(maskAddress(url, isPrivatePiece)).toBe(shown);
  });
});
