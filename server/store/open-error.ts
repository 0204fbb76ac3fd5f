const sentences = {
  data_folder_not_writable: (what: string) =>
    `The data folder ${what} is not writable. Change its permissions, or set RAPPORT_DATA to another folder.`,
  data_folder_in_use: (what: string) =>
    `The data folder ${what}. Stop that process, or set RAPPORT_DATA to another folder.`,
  database_unreachable: (what: string) => `The database cannot be reached (${what}). Check DATABASE_URL.`,
  database_newer: (what: string) =>
    `The database was written by a newer version of Rapport (${what}). Start that version.`,
  database_broken: (what: string) => `The database cannot be opened: ${what}.`,
} as const satisfies Record<string, (what: string) => string>;

export type StoreOpenCode = keyof typeof sentences;

/** Why the store could not be opened, in one sentence for the person who started the program. */
export class StoreOpenError extends Error {
  override name = 'StoreOpenError';
  readonly code: StoreOpenCode;
  /** The part of the sentence that differs: a path, the database's own words. */
  readonly what: string;
  constructor(code: StoreOpenCode, what: string, cause?: unknown) {
    super(sentences[code](what), { cause });
    this.code = code;
    this.what = what;
  }
}
