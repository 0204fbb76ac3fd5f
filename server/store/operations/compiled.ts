import type { Compilable, CompiledQuery, QueryResult } from 'kysely';
import type { Db } from '../schema.ts';

/** Stands for a value while a query is built. */
class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A query that is built once per database and then only filled in: building one with Kysely costs as much as SQLite
 * takes to run it. For the few queries that every message needs. `build` sees placeholders, so it must put each value
 * into the query as it is.
 */
export function compiled<Values extends object, Row>(
  build: (db: Db, values: Values) => Compilable<Row>,
): (db: Db, values: Values) => Promise<QueryResult<Row>> {
  const placeholders = new Proxy({} as Values, { get: (_values, name) => new Placeholder(String(name)) });
  const known = new WeakMap<object, CompiledQuery<Row>>();
  return (db, values) => {
    const { adapter } = db.getExecutor();
    const query = known.get(adapter) ?? build(db, placeholders).compile();
    known.set(adapter, query);
    const filled = new Map(Object.entries(values));
    return db.executeQuery<Row>({
      ...query,
      parameters: query.parameters.map((value) =>
        value instanceof Placeholder ? filled.get(value.name) : value,
      ),
    });
  };
}
