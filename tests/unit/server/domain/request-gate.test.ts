import * as v from 'valibot';
import { expect, it } from 'vitest';
import { createRequestGate } from '../../../../server/domain/request-gate.ts';
import { createRequestLimits } from '../../../../server/domain/request-limits.ts';
import { createLog } from '../../../../server/log.ts';
import { DatabaseFault } from '../../../../server/store/database-fault.ts';
import { type ErrorCode, RapportError } from '../../../../shared/errors.ts';

async function refusalAfter(code: ErrorCode, cause: Error | null) {
  const lines: string[] = [];
  const gate = createRequestGate({
    table: { 'note:add': { payload: v.strictObject({}), reply: v.object({}) } },
    handlers: {
      async 'note:add'() {
        throw Object.assign(new RapportError(code), cause ? { cause } : {});
      },
    },
    role: 'agent',
    nowMs: () => 0,
    log: createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } }),
  });
  const limits = createRequestLimits(0);
  const reply = await gate.answer('note:add', {}, { limits, connection: 'c1', caller: async () => null });
  return { reply, text: lines.join(), line: JSON.parse(lines[0] ?? '') as object };
}

it('a database that is full stands in the log with its code, and with none of its words', async () => {
  const { reply, text, line } = await refusalAfter(
    'unavailable',
    new DatabaseFault('insert of Ada', 'SQLITE_FULL'),
  );
  expect(reply).toEqual({ ok: false, error: 'unavailable' });
  expect(line).toMatchObject({
    level: 'error',
    event: 'note:add',
    error: { code: 'unavailable', cause: { name: 'DatabaseFault', code: 'SQLITE_FULL' } },
  });
  expect(text).not.toContain('Ada');
});

it('a refusal that is right is no error, although the database has said so first', async () => {
  const taken = new DatabaseFault('unique', 'SQLITE_CONSTRAINT_UNIQUE');
  expect((await refusalAfter('already_exists', taken)).line).toMatchObject({ level: 'info' });
  expect((await refusalAfter('wrong_phase', null)).line).toMatchObject({ level: 'info' });
});
