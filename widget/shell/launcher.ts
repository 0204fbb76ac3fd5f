import { ChevronDown, MessageCircle } from 'lucide';
import { textOn } from '../../shared/model/color.ts';
import type { SiteConfig } from '../../shared/model/site.ts';
import type { WidgetOptions } from '../options.ts';
import { adoptStyles } from '../ui/adopt-styles.ts';
import { launcherStyles } from './launcher-styles.ts';

export type LauncherFace = 'closed' | 'loading' | 'open' | 'failed';

/** The round button. It is plain DOM: it must be there before any library is. */
export interface Launcher {
  button: HTMLButtonElement;
  show(face: LauncherFace): void;
  /** `text` is short ('3', '99+') or '' for a mere dot; null for nothing. `label` says it in words. */
  badge(text: string | null, label: string): void;
  setHidden(hidden: boolean): void;
}

type IconNode = ReadonlyArray<
  readonly [tag: string, attributes: Record<string, string | number | undefined>]
>;

function svg(name: string, nodes: IconNode): SVGElement {
  const make = (tag: string) => document.createElementNS('http://www.w3.org/2000/svg', tag);
  const icon = make('svg');
  icon.setAttribute('class', `icon ${name}`);
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  for (const [tag, attributes] of nodes) {
    const shape = make(tag);
    for (const key in attributes) shape.setAttribute(key, String(attributes[key]));
    icon.append(shape);
  }
  return icon;
}

function span(name: string): HTMLSpanElement {
  const element = document.createElement('span');
  element.className = name;
  return element;
}

export function drawLauncher(parts: {
  root: ShadowRoot;
  config: SiteConfig;
  options: WidgetOptions;
  /** Said when the parts could not be loaded. */
  failedText: string;
  onPress: () => void;
  /** The pointer goes down: a press is about to follow. */
  onPressing: () => void;
}): Launcher {
  const { root, config, options, failedText, onPress, onPressing } = parts;
  const { accent, side } = config.look;
  adoptStyles(
    root,
    launcherStyles +
      `:host{--rapport-accent:${accent};--rapport-on-accent:${textOn(accent)};z-index:${options.zIndex}!important}`,
  );
  const button = document.createElement('button');
  const badge = span('badge');
  const notice = span('notice');
  const name = config.texts.launcher;
  button.type = 'button';
  button.className = `launcher ${side}`;
  button.title = name;
  button.setAttribute('aria-label', name);
  button.setAttribute('aria-haspopup', 'dialog');
  badge.hidden = true;
  badge.setAttribute('aria-hidden', 'true');
  notice.className = `notice ${side}`;
  notice.setAttribute('role', 'status');
  button.append(svg('chat', MessageCircle), svg('down', ChevronDown), span('spinner'), badge);
  button.addEventListener('pointerdown', onPressing);
  button.addEventListener('click', onPress);

  const launcher: Launcher = {
    button,
    show(face) {
      button.dataset.face = face;
      button.setAttribute('aria-expanded', String(face === 'open'));
      button.setAttribute('aria-busy', String(face === 'loading'));
      notice.textContent = face === 'failed' ? failedText : '';
    },
    badge(text, label) {
      badge.hidden = text === null;
      badge.textContent = text;
      badge.className = text ? 'badge' : 'badge dot';
      button.setAttribute('aria-label', label ? `${name}, ${label}` : name);
    },
    setHidden(hidden) {
      button.hidden = hidden;
      notice.hidden = hidden;
    },
  };
  launcher.show('closed');
  launcher.setHidden(options.launcher === 'hidden');
  root.append(button, notice);
  return launcher;
}
