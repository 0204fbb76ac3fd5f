import { type ComponentChildren, h } from 'preact';
import type { SiteConfig } from '../../shared/model/site.ts';
import { isAway } from '../asking.ts';
import type { WidgetState } from '../store.ts';
import { Late } from '../ui/late.tsx';
import type { Part, ViewPart } from '../ui/part.ts';
import type { VisitorActions } from '../visitor-actions.ts';

export interface LaterViewsParts {
  view: ViewPart;
  config: SiteConfig;
  actions: VisitorActions;
  /** A conversation more. */
  begin(): void;
  agree(): void;
  leaveEmail(email: string): void;
  isMuted(): boolean;
  mute(muted: boolean): void;
  /** Null where there is no window to be had. */
  popout: (() => void) | null;
  /** It may be asked for in a moment. */
  preparePopout(): void;
  /** Shows a code for the telephone; null where no page could be shared. */
  code: (() => void) | null;
  end(conversationId: string): void;
  undoEnd(): void;
  /** Shows what was shared with whom. */
  shareLog(): void;
  /** Saves the conversation as a text file; false when it could not be read. */
  saveTranscript(conversationId: string): Promise<boolean>;
}

/** What few visitors see is fetched when it is first on screen. */
export function createLaterViews(parts: LaterViewsParts) {
  const { config, actions, view: part } = parts;
  const consent = part(() => import('../form/consent.tsx'));
  const form = part(() => import('../form/first-form.tsx'));
  const email = part(() => import('../form/email-card.tsx'));
  const menu = part(() => import('../menu/menu.tsx'));
  const ending = part(() => import('../menu/ending-bar.tsx'));
  const late = <P>(of: Part<P>, draw: (loaded: P) => ComponentChildren) =>
    h(Late<P>, { part: of, children: draw });
  /** Conversations whose card is up: it stays, with its thanks, when the address is known. */
  const asked = new Set<string>();

  return {
    consent: (): ComponentChildren =>
      late(consent, ({ Consent }) =>
        h(Consent, {
          text: config.chat.consent.text,
          link: config.chat.consent.link,
          onAgree: parts.agree,
        }),
      ),
    form: (state: WidgetState): ComponentChildren =>
      late(form, ({ FirstForm, fieldsToAsk }) =>
        h(FirstForm, {
          fields: fieldsToAsk(config, state),
          isAway: isAway(state),
          awayText: config.texts.away,
          values: actions.form(),
          text: actions.draft(state.view),
          files: actions.held(state.view).files,
          onValues: actions.setForm,
          onText: (text) => actions.setDraft(state.view, text),
          onSubmit: actions.sendForm,
        }),
      ),
    email(state: WidgetState): ComponentChildren {
      const { view, customer } = state;
      if (view.at !== 'conversation') return null;
      const { conversationId } = view;
      const canAsk = config.identity.mode !== 'required' && isAway(state) && state.opened;
      const isOpen = state.logs[conversationId]?.state.status === 'open';
      if (canAsk && isOpen && !customer?.email) asked.add(conversationId);
      else if (!customer?.email) asked.delete(conversationId);
      if (!asked.has(conversationId)) return null;
      return late(email, ({ EmailCard }) => h(EmailCard, { onEmail: parts.leaveEmail }));
    },
    ending: (): ComponentChildren => late(ending, ({ EndingBar }) => h(EndingBar, { onUndo: parts.undoEnd })),
    menu(state: WidgetState, onClose: (returnsFocus: boolean) => void): ComponentChildren {
      if (parts.popout) parts.preparePopout();
      const { view } = state;
      const id = view.at === 'conversation' ? view.conversationId : null;
      const isOpen = id !== null && state.logs[id]?.state.status === 'open' && state.ending !== id;
      return late(menu, ({ Menu }) =>
        h(Menu, {
          isMuted: parts.isMuted(),
          onNew: view.at === 'draft' ? null : parts.begin,
          onTranscript: id === null ? null : () => parts.saveTranscript(id),
          onMute: parts.mute,
          onShareLog: parts.shareLog,
          onPopout: parts.popout,
          onCode: state.cobrowse === null ? parts.code : null,
          onEnd: isOpen ? () => parts.end(id) : null,
          onClose,
        }),
      );
    },
  };
}
