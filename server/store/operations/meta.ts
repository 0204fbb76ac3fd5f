import { randomBytes } from 'node:crypto';
import type { ArgsOf } from '../calls.ts';
import type { Db } from '../schema.ts';

export function epoch(db: Db): Promise<string> {
  return keptRandom(db, 'epoch', 12);
}

export function secret(db: Db, { name }: ArgsOf<'secret'>): Promise<string> {
  return keptRandom(db, `secret:${name}`, 32);
}

/** Inserts first and reads then: of two nodes that ask for the first time, both get what one of them wrote. */
async function keptRandom(db: Db, name: string, bytes: number): Promise<string> {
  await db
    .insertInto('meta')
    .values({ name, value: randomBytes(bytes).toString('base64url') })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const { value } = await db
    .selectFrom('meta')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return value;
}
