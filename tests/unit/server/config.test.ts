import { expect, it } from 'vitest';
import { publicOrigin, resolveConfig, viewerOrigin } from '../../../server/config.ts';

it('an empty environment gives a server for one’s own machine', () => {
  const config = resolveConfig({});
  expect(config).toEqual({
    port: 4000,
    host: null,
    origin: null,
    viewerOrigin: null,
    dataFolder: './data',
    databaseUrl: null,
    recordingKey: null,
    adminEmail: 'admin@example.com',
    adminPassword: null,
    logLevel: 'info',
    trustedProxies: 0,
    maxSocketsPerAddress: 500,
    demoOrigin: null,
  });
  expect(publicOrigin(config, 4000)).toBe('http://localhost:4000');
  expect(viewerOrigin(config, 4000)).toBe('http://127.0.0.1:4000');
});

it('every setting is read', () => {
  expect(
    resolveConfig({
      PORT: ' 8080 ',
      HOST: '::1',
      RAPPORT_ORIGIN: 'https://Chat.example/',
      VIEWER_ORIGIN: 'https://viewer.example',
      RAPPORT_DATA: '/var/rapport',
      RAPPORT_RECORDING_KEY: Buffer.alloc(32, 7).toString('base64'),
      DATABASE_URL: 'postgresql://db/rapport',
      RAPPORT_ADMIN_EMAIL: 'Boss@Example.com',
      RAPPORT_ADMIN_PASSWORD: ' with spaces around ',
      LOG_LEVEL: 'WARN',
      TRUST_PROXY: '2',
      RAPPORT_SOCKETS_PER_ADDRESS: '50',
      RAPPORT_DEMO_ORIGIN: 'http://localhost:4001',
    }),
  ).toEqual({
    port: 8080,
    host: '::1',
    origin: 'https://chat.example',
    viewerOrigin: 'https://viewer.example',
    dataFolder: '/var/rapport',
    databaseUrl: 'postgresql://db/rapport',
    recordingKey: Buffer.alloc(32, 7),
    adminEmail: 'boss@example.com',
    adminPassword: ' with spaces around ',
    logLevel: 'warn',
    trustedProxies: 2,
    maxSocketsPerAddress: 50,
    demoOrigin: 'http://localhost:4001',
  });
});

it.each([
  [{ PORT: '70000' }, 'PORT must be a whole number from 0 to 65535, not "70000".'],
  [{ PORT: '40.5' }, 'PORT must be a whole number'],
  [{ RAPPORT_ORIGIN: 'chat.example' }, 'RAPPORT_ORIGIN must be like https://chat.example'],
  [{ RAPPORT_ORIGIN: 'https://chat.example/path' }, 'RAPPORT_ORIGIN must be like'],
  [{ VIEWER_ORIGIN: 'ftp://viewer.example' }, 'VIEWER_ORIGIN must be like'],
  [{ VIEWER_ORIGIN: 'http://localhost:4000' }, 'VIEWER_ORIGIN must differ from RAPPORT_ORIGIN'],
  [{ DATABASE_URL: 'mysql://db' }, 'DATABASE_URL must begin with postgres://'],
  [{ RAPPORT_RECORDING_KEY: 'c2hvcnQ=' }, 'RAPPORT_RECORDING_KEY must be 32 random bytes in base64'],
  [{ RAPPORT_RECORDING_KEY: `${'A'.repeat(42)}!=` }, 'RAPPORT_RECORDING_KEY must be 32 random bytes'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal'],
  [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY must be a whole number'],
  [{ RAPPORT_ADMIN_EMAIL: 'boss' }, 'RAPPORT_ADMIN_EMAIL must be an e-mail address.'],
  [{ RAPPORT_ADMIN_PASSWORD: 'short' }, 'RAPPORT_ADMIN_PASSWORD must have 10 to 200 characters.'],
])('%j is refused in one line', (environment, line) => {
  expect(() => resolveConfig(environment)).toThrow(line);
  try {
    resolveConfig(environment);
  } catch (error) {
    expect(String(error)).not.toContain('\n');
  }
});

it.each([
  ['http://localhost:4000', 'http://127.0.0.1:4000'],
  ['http://127.0.0.1:9', 'http://localhost:9'],
  ['https://chat.example', null],
])('the viewer of %s is at %s', (origin, viewer) => {
  expect(viewerOrigin(resolveConfig({ RAPPORT_ORIGIN: origin }), 4000)).toBe(viewer);
});
