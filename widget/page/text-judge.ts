import { mayBePrivate } from '../../shared/model/privacy-hint.ts';
import type { PrivacyRule } from '../../shared/model/site.ts';

/** The page, as far as its title is concerned. */
export interface TitledPage {
  title: string;
  querySelector(selector: 'title'): { closest(selector: string): unknown } | null;
}

/** What of the page's address and title agents may see. */
export interface TextJudge {
  /** A piece of the address, between `/`, `?`, `&` and `=`. */
  isPrivatePiece(piece: string): boolean;
  title(page: TitledPage, rules: readonly PrivacyRule[], path: string): string;
}

/** Until the rules themselves are here: what they would have to look at closely is hidden whole. */
export const strictJudge: TextJudge = {
  isPrivatePiece: (piece) =>
    mayBePrivate(piece) || /[%+]|.{36}/.test(piece) || (piece.length >= 12 && /\d/.test(piece)),
  title: (page, rules) =>
    rules.length > 0 ||
    mayBePrivate(page.title) ||
    page.querySelector('title')?.closest('[data-rapport-mask],[data-rapport-block]')
      ? ''
      : page.title,
};
