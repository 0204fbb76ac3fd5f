import type { InboxRow } from '../../shared/wire.ts';
import { useConsole } from '../console-context.ts';
import { Avatar } from '../ui/avatar.tsx';
import { MarkedText } from '../ui/marked-text.tsx';
import { findCanned } from './canned-search.ts';
import { fillKnown } from './template-filling.ts';
import type { TypedChoice } from './typed-menu.tsx';
import { replaceWord, type TypedWord, typedMention, typedShortcut } from './typed-word.ts';
import { useTemplateValues } from './use-template-values.ts';

export interface TypedChoices {
  word: TypedWord;
  label: string;
  choices: TypedChoice[];
}

export interface TypedText {
  text: string;
  caret: number;
}

/** What may be put in by typing its sign. */
export interface TypedOffers {
  /** After `/`. */
  canned: boolean;
  /** Colleagues after `@`. */
  mentions: boolean;
}

/** What the word at the caret offers. */
export function useTypedChoices(
  row: InboxRow,
  offers: TypedOffers,
  { text, caret }: TypedText,
  onPut: (put: TypedText & { isTemplate: boolean }) => void,
): TypedChoices | null {
  const { store } = useConsole();
  const { siteId } = row.conversation;
  const values = useTemplateValues(row);
  const canned = store.workspaceOf(siteId).value?.canned ?? [];
  const members = store.teamOf(siteId).value ?? [];

  const shortcut = offers.canned ? typedShortcut(text, caret) : null;
  if (shortcut) {
    const found = findCanned(canned, shortcut.query);
    if (found.length === 0) return null;
    const choices = found.map((reply): TypedChoice => {
      const filled = fillKnown(reply.text, values);
      return {
        id: reply.id,
        words: <strong>/{reply.shortcut}</strong>,
        detail: reply.text.split('\n')[0],
        preview: (
          <MarkedText text={filled.text} marks={filled.faults.map(({ from, to }) => [from, to] as const)} />
        ),
        onChoose: () =>
          onPut({ ...replaceWord(text, shortcut, filled.text), isTemplate: filled.faults.length > 0 }),
      };
    });
    return { word: shortcut, label: 'Canned replies', choices };
  }

  const mention = offers.mentions ? typedMention(text, caret) : null;
  if (!mention) return null;
  const query = mention.query.toLowerCase();
  const found = members.filter(
    ({ id, name }) => id !== store.agent.value?.id && name.toLowerCase().includes(query),
  );
  // The name stands there whole: nothing is left to choose.
  const isWhole =
    members.some(({ name }) => query.startsWith(`${name.toLowerCase()} `)) ||
    (found.length === 1 && found[0]?.name.toLowerCase() === query);
  if (found.length === 0 || isWhole) return null;
  const choices = found.map(
    (member): TypedChoice => ({
      id: member.id,
      words: <bdi>{member.name}</bdi>,
      detail: member.presence,
      lead: <Avatar name={member.name} color={member.color} avatar={member.avatar} sizePx={20} />,
      onChoose: () => onPut({ ...replaceWord(text, mention, `@${member.name} `), isTemplate: false }),
    }),
  );
  return { word: mention, label: 'Mention a colleague', choices };
}
