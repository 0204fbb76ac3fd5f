import type { IconNode } from 'lucide';
import { CircleAlert } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import './notice.css';

export interface NoticeProps {
  icon?: IconNode;
  title: string;
  children?: ComponentChildren;
  /** What to do next: buttons or links. */
  action?: ComponentChildren;
  tone?: 'plain' | 'danger';
  /** It is all that the page shows: its title is the page's heading. */
  page?: boolean;
}

/** In the middle of an empty or failed place: what is (not) there, and the one next step. */
export function Notice({ icon, title, children, action, tone = 'plain', page = false }: NoticeProps) {
  const Title = page ? 'h1' : 'p';
  return (
    <div class={`notice notice-${tone}`} role={tone === 'danger' ? 'alert' : undefined}>
      {icon ? (
        <span class="notice-icon">
          <Icon node={icon} sizePx={20} />
        </span>
      ) : null}
      <Title class="notice-title">{title}</Title>
      {children ? <div class="notice-words">{children}</div> : null}
      {action ? <div class="notice-action">{action}</div> : null}
    </div>
  );
}

/** A sentence in a coloured strip, inside forms and panels. */
export function Strip({
  tone,
  children,
}: {
  tone: 'danger' | 'warning' | 'positive';
  children: ComponentChildren;
}) {
  return (
    <div class={`strip strip-${tone}`} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon node={CircleAlert} />
      <div class="strip-words">{children}</div>
    </div>
  );
}
