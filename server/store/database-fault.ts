/** What the database said when an operation failed: the cause behind a `RapportError`, for the log. */
export class DatabaseFault extends Error {
  override name = 'DatabaseFault';
  /** The database's own code, e.g. `SQLITE_FULL`; undefined when the fault is not the database's. */
  readonly code: string | undefined;
  constructor(detail: string, code: string | null) {
    super(detail);
    this.code = code ?? undefined;
  }
}
