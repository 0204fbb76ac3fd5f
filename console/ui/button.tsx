import type { IconNode } from 'lucide';
import type { ComponentChildren, Ref } from 'preact';
import { Icon } from './icon.tsx';
import './button.css';

export interface ButtonProps {
  children?: ComponentChildren;
  /** `primary` at most once a view; `quiet` for tools in bars. */
  look?: 'primary' | 'plain' | 'quiet' | 'danger';
  icon?: IconNode;
  /** Accessible name of a button that shows only its icon; also its tooltip. */
  label?: string;
  type?: 'button' | 'submit';
  disabled?: boolean;
  /** Work is under way: the button stays where the focus is and does nothing. */
  busy?: boolean;
  pressed?: boolean;
  expanded?: boolean;
  popup?: 'menu' | 'dialog';
  keys?: string;
  onClick?: (event: MouseEvent) => void;
  buttonRef?: Ref<HTMLButtonElement>;
}

export function Button(props: ButtonProps) {
  const { children, look = 'plain', icon, label, type = 'button', busy = false } = props;
  return (
    <button
      ref={props.buttonRef}
      type={type}
      class={`button button-${look}${children === undefined ? ' button-icon' : ''}`}
      disabled={props.disabled}
      aria-label={label}
      title={props.keys ? `${label ?? ''} (${props.keys})` : label}
      aria-keyshortcuts={props.keys}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-haspopup={props.popup}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else props.onClick?.(event);
      }}
    >
      {icon ? <Icon node={icon} /> : null}
      {children === undefined ? null : <span class="button-words">{children}</span>}
    </button>
  );
}
