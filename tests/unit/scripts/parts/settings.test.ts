import { expect, it } from 'vitest';
import { resolveAddresses } from '../../../../scripts/parts/settings.mjs';

it('without settings everything is on localhost', () => {
  expect(resolveAddresses({})).toEqual({
    port: 4000,
    demoPort: 4001,
    localOrigin: 'http://localhost:4000',
    origin: 'http://localhost:4000',
    demoOrigin: 'http://localhost:4001',
    siteKey: 'pk_demo',
  });
});

it('the public address is one thing, where this machine reaches the server another', () => {
  const { origin, localOrigin } = resolveAddresses({
    PORT: '8080',
    HOST: '127.0.0.2',
    RAPPORT_ORIGIN: 'https://chat.example.com/',
  });
  expect(origin).toBe('https://chat.example.com');
  expect(localOrigin).toBe('http://127.0.0.2:8080');
  expect(resolveAddresses({ HOST: '0.0.0.0' }).localOrigin).toBe('http://localhost:4000');
  expect(resolveAddresses({ HOST: '::1' }).localOrigin).toBe('http://[::1]:4000');
});

it.each(['abc', '0', '65536', '80.5', '-1'])('PORT=%s is refused by name', (port) => {
  expect(() => resolveAddresses({ PORT: port })).toThrow(
    `PORT must be a port number from 1 to 65535, not "${port}".`,
  );
});
