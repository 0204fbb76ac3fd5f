import { expect, it } from 'vitest';
import { createLog } from '../../../server/log.ts';

it('a line has no text, no secret and no message of an error', () => {
  const lines: string[] = [];
  const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  const secret = 'what nobody may read';
  log.info(
    {
      event: 'message:send',
      payload: { text: secret, current: secret, next: secret },
      agent: { email: secret },
      token: secret,
      next: 'retry',
    },
    'asked',
  );
  log.error({ error: new TypeError(secret) }, 'failed');
  log.error({ err: Object.assign(new Error(secret), { code: 'E_BAD', detail: secret }) }, 'failed');
  expect(lines.join()).not.toContain(secret);
  const [asked, failed, coded] = lines.map((line) => JSON.parse(line) as object);
  expect(asked).toMatchObject({ level: 'info', event: 'message:send', next: 'retry', msg: 'asked' });
  expect(failed).toMatchObject({ level: 'error', error: { name: 'TypeError', at: expect.any(Array) } });
  expect(coded).toMatchObject({ err: { name: 'Error', code: 'E_BAD' } });
});
