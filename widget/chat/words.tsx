import { hasMarkup } from '../../shared/model/message-markup.ts';
import { Late } from '../ui/late.tsx';
import type { ChatParts } from './chat-parts.ts';

/** What may hold an address, too: see `linkPieces`. */
const mayHoldLink = /https?:|www\.|mailto:|@/i;

/** The text of a message. Until what draws links and formatting is here, it stands as it was typed. */
export function Words({ text, format }: { text: string; format: ChatParts['format'] }) {
  const isFormatted = hasMarkup(text);
  if (!isFormatted && !mayHoldLink.test(text)) return <>{text}</>;
  return (
    <Late part={format} meanwhile={text} isQuiet>
      {({ FormattedText, LinkedText }) =>
        isFormatted ? <FormattedText text={text} /> : <LinkedText text={text} />
      }
    </Late>
  );
}
