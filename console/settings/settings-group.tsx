import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export interface SettingsGroupProps {
  title: string;
  about?: ComponentChildren;
  children: ComponentChildren;
}

/** Fields that belong together, under a heading that names them for screen readers too. */
export function SettingsGroup({ title, about, children }: SettingsGroupProps) {
  const id = useId();
  return (
    <section class="settings-group" aria-labelledby={id}>
      <div>
        <h2 id={id}>{title}</h2>
        {about ? <p class="settings-about">{about}</p> : null}
      </div>
      {children}
    </section>
  );
}
