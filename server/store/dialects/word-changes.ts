import type { Database } from 'better-sqlite3';

/** Makes the table of `WordChangeTable`, in memory, for this connection alone. */
export function createWordChanges(raw: Database): void {
  raw.exec(
    'create temp table word_changes (target text, doc_id integer, words text, primary key (target, doc_id)) without rowid',
  );
}

/** Moves what has been gathered into the search. The tables of the search must be there. */
export function wordChangesMove(raw: Database): () => void {
  const some = raw.prepare('select 1 from temp.word_changes limit 1');
  const moves = (['message', 'customer'] as const).flatMap((target) => [
    raw.prepare(
      `insert or replace into ${target}_words (rowid, words)
       select doc_id, words from temp.word_changes where target = '${target}' and words is not null`,
    ),
    raw.prepare(
      `delete from ${target}_words where rowid in
       (select doc_id from temp.word_changes where target = '${target}' and words is null)`,
    ),
  ]);
  const clear = raw.prepare('delete from temp.word_changes');
  return () => {
    if (!some.get()) return;
    for (const move of moves) move.run();
    clear.run();
  };
}
