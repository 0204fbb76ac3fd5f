import { parseEmojiTable } from '../../shared/model/emoji.ts';

/** Put in when the console is built, see `emojiTable`. */
declare const __EMOJI_TABLE__: string;

export const allEmoji = parseEmojiTable(__EMOJI_TABLE__);
