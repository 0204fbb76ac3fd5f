import { MessageSquarePlus } from 'lucide';
import { type LiveVisitor, liveVisitorName } from '../../shared/model/visitor.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { locale, nowMs } from '../ui/now.ts';
import { spanWords } from '../ui/time-words.ts';
import { languageWords } from '../visitor-words.ts';
import { VerifiedMark } from './verified-mark.tsx';
import { pathOf, sourceOf } from './visit-words.ts';

export interface VisitorRowProps {
  visitor: LiveVisitor;
  /** Has left while the list was held. */
  isGone: boolean;
  onStart: () => void;
}

export function VisitorRow({ visitor, isGone, onStart }: VisitorRowProps) {
  const { page, visitorId } = visitor;
  const shownName = liveVisitorName(visitor);
  const source = sourceOf(visitor);
  return (
    <li class={isGone ? 'visitor-row visitor-gone' : 'visitor-row'}>
      <Avatar name={shownName} sizePx={32} />
      <div class="visitor-cell visitor-who-cell">
        <p class="visitor-line">
          {visitorId === null ? (
            <bdi class="ellipsis visitor-name">{shownName}</bdi>
          ) : (
            <a class="ellipsis visitor-name" href={`/console/visitors/${visitorId}`}>
              <bdi>{shownName}</bdi>
            </a>
          )}
          {visitor.verified ? <VerifiedMark /> : null}
        </p>
        <p class="ellipsis muted">
          {isGone ? 'Has left' : `Here for ${spanWords(Math.max(0, nowMs.value - visitor.sinceMs))}`}
          {visitor.tabs > 1 ? ` · ${visitor.tabs} tabs` : ''}
        </p>
      </div>
      <div class="visitor-cell visitor-page-cell">
        <p class="ellipsis" dir="auto">
          {page.title || pathOf(page.url) || 'Page without a title'}
        </p>
        <p class="visitor-line muted">
          <span class="ellipsis" dir="ltr">
            {pathOf(page.url)}
          </span>
          <span class="visitor-since">
            {' · '}
            {spanWords(Math.max(0, nowMs.value - visitor.pageSinceMs))}
          </span>
        </p>
      </div>
      <div class="visitor-cell visitor-more-cell">
        <p class="ellipsis">{source === '' ? <span class="muted">Came directly</span> : `From ${source}`}</p>
        <p class="ellipsis muted">
          {[visitor.browser, visitor.language === '' ? '' : languageWords(visitor.language, locale)]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <Button
        look="quiet"
        icon={MessageSquarePlus}
        label={`Start a conversation with ${shownName}`}
        disabled={isGone && visitorId === null}
        onClick={onStart}
      />
    </li>
  );
}
