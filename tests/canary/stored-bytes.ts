import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Client } from 'pg';
import type { Haystack } from './leak-search.ts';

/** All that a server has kept. */

export function filesOf(folder: string): Haystack[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      where: `file ${relative(folder, path)}`,
      text: readFileSync(path).toString('latin1'),
    }));
}

/** Every row of every table in a schema, as JSON. */
export async function rowsOf(databaseUrl: string, schema: string): Promise<Haystack[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      'select table_name as name from information_schema.tables where table_schema = $1',
      [schema],
    );
    const haystacks: Haystack[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(
        `select row_to_json(t)::text as row from ${schema}."${name}" t`,
      );
      haystacks.push({ where: `table ${name}`, text: rows.map(({ row }) => row).join('\n') });
    }
    return haystacks;
  } finally {
    await client.end();
  }
}

/** Gives `use` the address of a schema of its own, and drops it. */
export async function inSchema<T>(
  databaseUrl: string,
  use: (address: string, schema: string) => Promise<T>,
): Promise<T> {
  const schema = `canary_${process.pid}_${crypto.randomUUID().replaceAll('-', '')}`;
  const run = async (statement: string) => {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await run(`create schema ${schema}`);
  try {
    const address = new URL(databaseUrl);
    address.searchParams.set('options', `-c search_path=${schema}`);
    return await use(address.href, schema);
  } finally {
    await run(`drop schema ${schema} cascade`);
  }
}
