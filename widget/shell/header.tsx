import { ChevronLeft, Ellipsis, X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { AgentCard } from '../../shared/model/agent.ts';
import * as texts from '../texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import type { WhoAnswers } from './who-answers.ts';

export interface HeaderProps {
  who: WhoAnswers;
  picture(agent: AgentCard): string | null;
  onBack: (() => void) | null;
  onClose(): void;
  /** Null where there is nothing to do yet. */
  renderMenu: ((onClose: (returnsFocus: boolean) => void) => ComponentChildren) | null;
  /** On the first view: the large words under the line. */
  greeting?: { title: string; intro: string };
}

export function Header({ who, picture, onBack, onClose, renderMenu, greeting }: HeaderProps) {
  const [hasMenu, setMenu] = useState(false);
  const more = useRef<HTMLButtonElement>(null);
  return (
    <div class={greeting ? 'header tall' : 'header'}>
      <div class="bar">
        {onBack && (
          <button type="button" class="tool" aria-label={texts.back} title={texts.back} onClick={onBack}>
            <span class="flip">
              <Icon of={ChevronLeft} size={22} />
            </span>
          </button>
        )}
        {who.faces.length > 0 && (
          <span class="faces">
            {who.faces.map((agent) => (
              <Avatar key={agent.id} name={agent.name} color={agent.color} picture={picture(agent)} />
            ))}
          </span>
        )}
        <div class="who">
          <div class="title" dir="auto">
            {who.title}
          </div>
          {who.subtitle && (
            <div class="subtitle">
              <i class={`presence ${who.presence}`} />
              <span dir="auto">{who.subtitle}</span>
            </div>
          )}
        </div>
        {renderMenu && (
          <button
            ref={more}
            type="button"
            class="tool"
            aria-label={texts.menu}
            title={texts.menu}
            aria-haspopup="menu"
            aria-expanded={hasMenu}
            onClick={() => setMenu(!hasMenu)}
          >
            <Icon of={Ellipsis} size={22} />
          </button>
        )}
        <button type="button" class="tool" aria-label={texts.close} title={texts.close} onClick={onClose}>
          <Icon of={X} size={22} />
        </button>
        {hasMenu &&
          renderMenu?.((returnsFocus) => {
            setMenu(false);
            if (returnsFocus) more.current?.focus();
          })}
      </div>
      {greeting && (
        <div class="greeting">
          <h2 dir="auto">{greeting.title}</h2>
          {greeting.intro && <p dir="auto">{greeting.intro}</p>}
          {who.promise && <p class="promise">{who.promise}</p>}
        </div>
      )}
    </div>
  );
}
