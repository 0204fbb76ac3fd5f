import * as v from 'valibot';
import { emailSchema, passwordSchema } from '../shared/model/agent.ts';
import { webOrigin } from './domain/web-origin.ts';

/** What an operator can set. `.env.example` explains each to people. */
export interface Config {
  /** 0 takes any free port. */
  port: number;
  /** Address to listen on; null for all. */
  host: string | null;
  /** Where browsers reach this server; null: localhost and the port. */
  origin: string | null;
  /** Second origin of this same server, for the co-browse viewer; null: guessed where that is safe. */
  viewerOrigin: string | null;
  dataFolder: string;
  /** PostgreSQL; null for SQLite in the data folder. */
  databaseUrl: string | null;
  /** Key of recordings, 32 bytes; null: nothing is recorded. */
  recordingKey: Uint8Array | null;
  adminEmail: string;
  /** Null: a random one is made on the first run. */
  adminPassword: string | null;
  logLevel: LogLevel;
  /** Proxies in front of this server whose `X-Forwarded-For` counts. */
  trustedProxies: number;
  /** Open chat connections from one network address. */
  maxSocketsPerAddress: number;
  /** Origin of the demo shop, listed by the first site; null without it. */
  demoOrigin: string | null;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

/** A setting that cannot be used, in one line for the person who started the program. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

type Environment = Record<string, string | undefined>;

/** Reads the environment. Throws {@link ConfigError} at the first setting that makes no sense. */
export function resolveConfig(environment: Environment): Config {
  const read = (name: string): string | null => environment[name]?.trim() || null;

  const whole = (name: string, fallback: number, [min, max]: [number, number]): number => {
    const text = read(name);
    if (text === null) return fallback;
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new ConfigError(`${name} must be a whole number from ${min} to ${max}, not "${text}".`);
    }
    return value;
  };

  const origin = (name: string): string | null => {
    const text = read(name);
    if (text === null) return null;
    const value = webOrigin(text);
    if (value === null || value !== text.replace(/\/$/, '').toLowerCase()) {
      throw new ConfigError(`${name} must be like https://chat.example, without a path, not "${text}".`);
    }
    return value;
  };

  const logLevel = logLevels.find((level) => level === (read('LOG_LEVEL') ?? 'info').toLowerCase());
  if (!logLevel) throw new ConfigError(`LOG_LEVEL must be one of ${logLevels.join(', ')}.`);

  const databaseUrl = read('DATABASE_URL');
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new ConfigError('DATABASE_URL must begin with postgres:// or postgresql://.');
  }

  const adminEmail = v.safeParse(emailSchema, read('RAPPORT_ADMIN_EMAIL') ?? 'admin@example.com');
  if (!adminEmail.success) throw new ConfigError('RAPPORT_ADMIN_EMAIL must be an e-mail address.');

  // Not trimmed: a password may begin or end with a space.
  const adminPassword = environment.RAPPORT_ADMIN_PASSWORD || null;
  if (adminPassword !== null && !v.is(passwordSchema, adminPassword)) {
    throw new ConfigError('RAPPORT_ADMIN_PASSWORD must have 10 to 200 characters.');
  }

  const recordingKey = read('RAPPORT_RECORDING_KEY');
  // Base64 in either alphabet; Buffer leaves out what is none, so the text must come back from its bytes.
  const keyBytes = recordingKey === null ? null : Buffer.from(recordingKey, 'base64');
  const isKey =
    recordingKey === null || (keyBytes?.length === 32 && /^[A-Za-z0-9+/_-]{43}=?$/.test(recordingKey));
  if (!isKey) {
    throw new ConfigError(
      'RAPPORT_RECORDING_KEY must be 32 random bytes in base64: openssl rand -base64 32.',
    );
  }

  const proxies = read('TRUST_PROXY');
  const config: Config = {
    port: whole('PORT', 4000, [0, 65_535]),
    host: read('HOST'),
    origin: origin('RAPPORT_ORIGIN'),
    viewerOrigin: origin('VIEWER_ORIGIN'),
    dataFolder: read('RAPPORT_DATA') ?? './data',
    databaseUrl,
    recordingKey: keyBytes,
    adminEmail: adminEmail.output,
    adminPassword,
    logLevel,
    trustedProxies: proxies === 'true' ? 1 : proxies === 'false' ? 0 : whole('TRUST_PROXY', 0, [0, 10]),
    maxSocketsPerAddress: whole('RAPPORT_SOCKETS_PER_ADDRESS', 500, [1, 1_000_000]),
    demoOrigin: origin('RAPPORT_DEMO_ORIGIN'),
  };
  if (config.viewerOrigin !== null && config.viewerOrigin === publicOrigin(config, config.port)) {
    throw new ConfigError(
      'VIEWER_ORIGIN must differ from RAPPORT_ORIGIN: it keeps the viewer apart from the console.',
    );
  }
  return config;
}

/** Where browsers reach the server; `port` is the one it listens on. */
export function publicOrigin(config: Pick<Config, 'origin'>, port: number): string {
  return config.origin ?? webOrigin(`http://localhost:${port}`) ?? '';
}

/**
 * Origin of the co-browse viewer. On one's own machine the two names of it are two origins; anywhere else a second name
 * must be given. Null: co-browsing is refused.
 */
export function viewerOrigin(config: Pick<Config, 'origin' | 'viewerOrigin'>, port: number): string | null {
  if (config.viewerOrigin !== null) return config.viewerOrigin;
  const url = new URL(publicOrigin(config, port));
  if (url.hostname === 'localhost') url.hostname = '127.0.0.1';
  else if (url.hostname === '127.0.0.1') url.hostname = 'localhost';
  else return null;
  return url.origin;
}
