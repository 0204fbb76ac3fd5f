import { ChevronLeft, X } from 'lucide';
import { texts } from '../texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import type { WhoAnswers } from './who-answers.ts';

export interface HeaderProps {
  who: WhoAnswers;
  onBack: (() => void) | null;
  onClose(): void;
  /** On the first view: the large words under the line. */
  greeting?: { title: string; intro: string };
}

export function Header({ who, onBack, onClose, greeting }: HeaderProps) {
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
              <Avatar key={agent.id} name={agent.name} color={agent.color} />
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
        <button type="button" class="tool" aria-label={texts.close} title={texts.close} onClick={onClose}>
          <Icon of={X} size={22} />
        </button>
      </div>
      {greeting && (
        <div class="greeting">
          <h2 dir="auto">{greeting.title}</h2>
          {greeting.intro && <p dir="auto">{greeting.intro}</p>}
        </div>
      )}
    </div>
  );
}
