import { isPrivatePiece } from '../../shared/model/page-address.ts';
import { shownTitle } from './shown-title.ts';
import type { TextJudge } from './text-judge.ts';

/** The rules, which few pages need: most addresses and titles hold nothing that looks private. A chunk of its own. */
export const exactJudge: TextJudge = { isPrivatePiece, title: shownTitle };
